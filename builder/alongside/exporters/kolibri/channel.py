"""The database of a channel: what Kolibri knows of it before it opens a resource. Version 5 of its form.

The form is that of `kolibri.core.content` (https://github.com/learningequality/kolibri, MIT), ids follow its `ricecooker`, and
words for what something is come from its `le-utils`.
"""

from __future__ import annotations

import json
import sqlite3
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

from alongside.words.language import Words

#: The oldest form that whoever reads it has to know, and this one.
FORM = "5"
#: The longest texts that a server of Kolibri takes, which may have a stricter database.
LONGEST = {"title": 200, "name": 200, "author": 200, "license_owner": 200, "description": 400}
#: Words of Kolibri for what a learner does: read, practise, reflect; for what it is: a lesson; for what helps: descriptions.
READ, PRACTISE, REFLECT = "wA01urpi", "VwRCom7G", "3dSeJhqs"
LESSON, DESCRIBED = "xgFjFhrA", "Lb0tb9VC"
#: Licences as Kolibri calls them, by the beginning of their names in SPDX. Any other is named in words.
LICENCES = {
    "CC-BY-NC-ND-": "CC BY-NC-ND", "CC-BY-NC-SA-": "CC BY-NC-SA", "CC-BY-NC-": "CC BY-NC", "CC-BY-ND-": "CC BY-ND",
    "CC-BY-SA-": "CC BY-SA", "CC-BY-": "CC BY", "CC0-": "Public Domain",
}  # fmt: skip
OTHER_LICENCE = "Special Permissions"
#: A resource says itself how far somebody is; without this Kolibri counts minutes.
OPTIONS = {"completion_criteria": {"learner_managed": False, "model": "determined_by_resource"}}

TABLES = """\
CREATE TABLE content_contenttag (id CHAR(32) PRIMARY KEY NOT NULL, tag_name VARCHAR(30) NOT NULL);
CREATE TABLE content_language (id VARCHAR(14) PRIMARY KEY NOT NULL, lang_code VARCHAR(3) NOT NULL, lang_subcode VARCHAR(10),
  lang_name VARCHAR(100), lang_direction VARCHAR(3) NOT NULL);
CREATE TABLE content_localfile (id VARCHAR(32) PRIMARY KEY NOT NULL, extension VARCHAR(40) NOT NULL, available BOOLEAN NOT NULL,
  file_size INTEGER);
CREATE TABLE content_contentnode (id CHAR(32) PRIMARY KEY NOT NULL, license_name VARCHAR(50), license_description TEXT,
  title VARCHAR(200) NOT NULL, coach_content BOOLEAN NOT NULL, content_id CHAR(32) NOT NULL, channel_id CHAR(32) NOT NULL,
  description TEXT, sort_order FLOAT, license_owner VARCHAR(200) NOT NULL, author VARCHAR(200) NOT NULL,
  kind VARCHAR(200) NOT NULL, available BOOLEAN NOT NULL, options TEXT, grade_levels TEXT, resource_types TEXT,
  learning_activities TEXT, accessibility_labels TEXT, categories TEXT, learner_needs TEXT, duration INTEGER,
  lft INTEGER NOT NULL, rght INTEGER NOT NULL, tree_id INTEGER NOT NULL, level INTEGER NOT NULL,
  lang_id VARCHAR(14) REFERENCES content_language (id), parent_id CHAR(32) REFERENCES content_contentnode (id));
CREATE TABLE content_assessmentmetadata (id CHAR(32) PRIMARY KEY NOT NULL, assessment_item_ids TEXT NOT NULL,
  number_of_assessments INTEGER NOT NULL, mastery_model TEXT NOT NULL, randomize BOOLEAN NOT NULL,
  is_manipulable BOOLEAN NOT NULL, contentnode_id CHAR(32) NOT NULL REFERENCES content_contentnode (id));
CREATE TABLE content_channelmetadata (id CHAR(32) PRIMARY KEY NOT NULL, name VARCHAR(200) NOT NULL,
  description VARCHAR(400) NOT NULL, tagline VARCHAR(150), author VARCHAR(400) NOT NULL, version INTEGER NOT NULL,
  thumbnail TEXT NOT NULL, last_updated VARCHAR, min_schema_version VARCHAR(50) NOT NULL,
  root_id CHAR(32) NOT NULL REFERENCES content_contentnode (id));
CREATE TABLE content_contentnode_has_prerequisite (id INTEGER PRIMARY KEY NOT NULL,
  from_contentnode_id CHAR(32) NOT NULL REFERENCES content_contentnode (id),
  to_contentnode_id CHAR(32) NOT NULL REFERENCES content_contentnode (id));
CREATE TABLE content_contentnode_related (id INTEGER PRIMARY KEY NOT NULL,
  from_contentnode_id CHAR(32) NOT NULL REFERENCES content_contentnode (id),
  to_contentnode_id CHAR(32) NOT NULL REFERENCES content_contentnode (id));
CREATE TABLE content_contentnode_tags (id INTEGER PRIMARY KEY NOT NULL,
  contentnode_id CHAR(32) NOT NULL REFERENCES content_contentnode (id),
  contenttag_id CHAR(32) NOT NULL REFERENCES content_contenttag (id));
CREATE TABLE content_file (id CHAR(32) PRIMARY KEY NOT NULL, preset VARCHAR(150) NOT NULL, supplementary BOOLEAN NOT NULL,
  thumbnail BOOLEAN NOT NULL, priority INTEGER, contentnode_id CHAR(32) NOT NULL REFERENCES content_contentnode (id),
  lang_id VARCHAR(14) REFERENCES content_language (id), local_file_id VARCHAR(32) NOT NULL REFERENCES content_localfile (id));
"""


@dataclass(frozen=True)
class Stored:
    """A file as Kolibri stores it: called by what is in it."""

    name: str
    ending: str
    size: int


@dataclass(frozen=True)
class Resource:
    """A module as a resource."""

    name: str
    title: str
    summary: str
    author: str
    #: Who holds the rights.
    owner: str
    #: As SPDX names it.
    licence: str
    minutes: int
    #: Names of resources to take first.
    after: tuple[str, ...]
    package: Stored
    picture: Stored | None


@dataclass(frozen=True)
class Channel:
    """A course, as Kolibri lists it."""

    #: Where the course is at home: a host, and the path there.
    home: str
    #: What tells it from other channels of that home.
    name: str
    title: str
    summary: str
    author: str
    #: Kolibri takes over what has a greater number than what it has.
    edition: int
    icon: bytes | None
    icon_type: str
    #: In which language it is.
    words: Words

    @property
    def _namespace(self) -> UUID:
        return uuid5(NAMESPACE_DNS, self.home)

    @property
    def id(self) -> str:
        """The id that stays from one edition to the next, which is that of its first topic too."""
        return uuid5(self._namespace, self.name).hex

    def content_id(self, name: str) -> str:
        """What a learner's work is found by, in whichever channel of this home the resource stands."""
        return uuid5(self._namespace, name).hex

    def node_id(self, name: str) -> str:
        """The place of a resource in this channel."""
        return uuid5(UUID(self.id), self.content_id(name)).hex


def database(channel: Channel, resources: Sequence[Resource]) -> bytes:
    """The database of a channel. The same channel gives the same bytes."""
    with closing(sqlite3.connect(":memory:")) as kept:
        kept.executescript(TABLES)
        _insert(kept, "content_language", _language(channel))
        _insert(kept, "content_contentnode", _root(channel, len(resources)))
        _insert(kept, "content_channelmetadata", _about(channel))
        stored = {one.name: one for resource in resources for one in (resource.package, resource.picture) if one}
        for one in stored.values():
            row = {"id": one.name, "extension": one.ending, "available": False, "file_size": one.size}
            _insert(kept, "content_localfile", row)
        for place, resource in enumerate(resources, 1):
            _insert(kept, "content_contentnode", _node(channel, resource, place))
            for row in _files(channel, resource):
                _insert(kept, "content_file", row)
        for number, (name, first) in enumerate(((r.name, first) for r in resources for first in r.after), 1):
            ways = {"from_contentnode_id": channel.node_id(name), "to_contentnode_id": channel.node_id(first)}
            _insert(kept, "content_contentnode_has_prerequisite", {"id": number, **ways})
        kept.commit()
        return kept.serialize()


def _insert(kept: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    """Puts a row into a table. Names of tables and columns are ours."""
    cut = {name: _cut(value, LONGEST[name]) if name in LONGEST else value for name, value in row.items()}
    names, places = ", ".join(cut), ", ".join("?" * len(cut))
    kept.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(cut.values()))  # noqa: S608  # ours


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _language(channel: Channel) -> dict[str, Any]:
    code, _, region = channel.words.language.partition("-")
    return {
        "id": channel.words.language,
        "lang_code": code,
        "lang_subcode": region or None,
        "lang_name": channel.words.name,
        "lang_direction": channel.words.direction,
    }


def _root(channel: Channel, inside: int) -> dict[str, Any]:
    """The topic that all resources stand in."""
    return {
        "id": channel.id,
        "content_id": channel.content_id(channel.id),
        "channel_id": channel.id,
        "title": channel.title,
        "description": channel.summary,
        "author": channel.author,
        "license_owner": "",
        "kind": "topic",
        "coach_content": False,
        "available": False,
        "sort_order": 0,
        "lft": 1,
        "rght": 2 * inside + 2,
        "tree_id": 1,
        "level": 0,
        "lang_id": channel.words.language,
    }


def _about(channel: Channel) -> dict[str, Any]:
    picture = f"data:{channel.icon_type};base64,{b64encode(channel.icon).decode()}" if channel.icon else ""
    return {
        "id": channel.id,
        "name": channel.title,
        "description": channel.summary,
        "author": channel.author,
        "version": channel.edition,
        "thumbnail": picture,
        "min_schema_version": FORM,
        "root_id": channel.id,
    }


def _node(channel: Channel, resource: Resource, place: int) -> dict[str, Any]:
    named = next((name for start, name in LICENCES.items() if resource.licence.startswith(start)), None)
    return {
        "id": channel.node_id(resource.name),
        "content_id": channel.content_id(resource.name),
        "channel_id": channel.id,
        "parent_id": channel.id,
        "title": resource.title,
        "description": resource.summary,
        "author": resource.author,
        "license_name": named or OTHER_LICENCE,
        "license_description": None if named else resource.licence,
        "license_owner": resource.owner,
        "kind": "html5",
        "coach_content": False,
        "available": False,
        "options": json.dumps(OPTIONS),
        "resource_types": LESSON,
        "learning_activities": f"{READ},{PRACTISE},{REFLECT}",
        "accessibility_labels": DESCRIBED,
        "duration": 60 * resource.minutes,
        "sort_order": place,
        "lft": 2 * place,
        "rght": 2 * place + 1,
        "tree_id": 1,
        "level": 1,
        "lang_id": channel.words.language,
    }


def _files(channel: Channel, resource: Resource) -> Iterator[dict[str, Any]]:
    node = channel.node_id(resource.name)
    for preset, one in (("html5_zip", resource.package), ("html5_thumbnail", resource.picture)):
        if one:
            beside = preset != "html5_zip"
            yield {
                "id": uuid5(UUID(node), preset).hex,
                "preset": preset,
                "supplementary": beside,
                "thumbnail": beside,
                "priority": 2 if beside else 1,
                "contentnode_id": node,
                "lang_id": channel.words.language,
                "local_file_id": one.name,
            }
