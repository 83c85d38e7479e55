"""Completion statements: what an organisation signs of a record that was handed in, as a credential of Open Badges 3.0.

Nothing here signs or checks a signature; `signing.py` does. What a statement says is modest: the learner reported it, and
the organisation found nothing in the record that speaks against it.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from alongside.reports.records import DAY, OLDER, TICKED, UNKNOWN, Doubt, Handed, ModuleState
from alongside.words.language import N_

#: The words of a credential (W3C Verifiable Credentials 2.0) and of an achievement (Open Badges 3.0), and the schema of both.
CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
SCHEMA = {
    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
    "type": "1EdTechJsonSchemaValidator2019",
}
#: How far the clocks of two computers may be apart.
APART = timedelta(minutes=5)
TYPES = ("VerifiableCredential", "OpenBadgeCredential")
MOMENT = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)

NAMELESS = N_("It says no name, and none was given.")
NO_DAY = N_("It does not say when it was saved.")
UNFINISHED = N_("Not finished, or not begun: %(modules)s.")
SHARED = N_("Other files hold the same answers: %(files)s.")
#: Doubts that are about something else than what is signed, or that are asked of each module by itself.
BESIDE = frozenset({UNKNOWN, TICKED, OLDER})

#: What a statement says. `%(who)s` is a name, `%(organisation)s` who signs.
CRITERIA_MODULE = N_(
    "Every lesson, and the quiz if there is one, marked as finished by the learner, and at least one answer given in each that asks something."
)
CRITERIA_MODULES = N_(
    "Each of these modules finished, which means every lesson, and the quiz if there is one, marked as finished by the learner, and at least one answer given in each that asks something: %(modules)s."
)
NARRATIVE = N_(
    "Self-reported: %(who)s says so in a record that they saved on %(made)s. %(organisation)s has read this record and found nothing that speaks against it. Nobody has tested the learner, watched them practise or checked who they are, and this is no proof of skill."
)
EVIDENCE = N_("The record that the learner saved on %(made)s. Its checksum is %(sum)s.")
ABOUT_MODULE = N_("The module “%(title)s”, version %(version)s, of the course “%(course)s”.")
ABOUT_MODULES = N_("“%(title)s” in the course “%(course)s”: %(modules)s.")

#: Puts a message into words.
Say = Callable[..., str]


class NotHeldError(ValueError):
    """A statement does not hold; says why."""


@dataclass(frozen=True, slots=True)
class Achievement:
    """What can be finished: a module, the modules of a path, or the whole course."""

    #: Its page, from the top of the site.
    url: str
    title: str
    #: The modules that make it up, each with its title and version.
    modules: Mapping[str, tuple[str, str]]
    #: Whether it is one module and no more.
    is_module: bool
    #: The title of the course in which it stands.
    course: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs: the address of the site and the name of the organisation."""

    address: str
    name: str


def doubts_for(
    one: Handed, achievement: Achievement, name: str, shared: Mapping[str, Collection[str]]
) -> Iterator[Doubt]:
    """Everything that keeps a record from being signed for. `name` is whose it is; `shared` names files with the same answers, by file."""
    yield from (doubt for doubt in one.doubts if doubt.message not in BESIDE)
    if not name:
        yield Doubt(NAMELESS)
    if not DAY.fullmatch(one.made):
        yield Doubt(NO_DAY)
    if one.file in shared:
        yield Doubt(SHARED, {"files": "; ".join(sorted(shared[one.file]))})
    states = {state.id: state for state in one.modules if state.finished}
    missing = [title for module, (title, _) in achievement.modules.items() if module not in states]
    if missing:
        yield Doubt(UNFINISHED, {"modules": "; ".join(missing)})
    other = [
        f"{title} {states[module].version}"
        for module, (title, version) in achievement.modules.items()
        if module in states and states[module].version != version
    ]
    if other:
        yield Doubt(OLDER, {"modules": "; ".join(other)})


def shared_files(handed: Iterable[Handed], message: str) -> dict[str, set[str]]:
    """Files that hold the same answers, each with the others. `message` is the doubt that says so of the later ones."""
    groups: dict[str, set[str]] = {}
    for one in handed:
        for doubt in one.doubts:
            if doubt.message == message:
                groups.setdefault(doubt.values["file"], {doubt.values["file"]}).add(one.file)
    return {file: group - {file} for group in groups.values() for file in group}


def credential(  # noqa: PLR0913  # who says what of whom, from when, until when, in which words
    one: Handed,
    achievement: Achievement,
    issuer: Issuer,
    *,
    name: str,
    email: str,
    now: datetime,
    until: date | None,
    language: str,
    say: Say,
) -> dict[str, Any]:
    """The statement, with the claims that a JSON Web Token repeats of it (Open Badges 3.0, 8.2.4).

    The same record, name and achievement give the same ids, so that what is signed again takes the place of what was.
    """
    states = {state.id: state for state in one.modules}
    finished = [states[module] for module in achievement.modules]
    person = _id(issuer.address, "subject", one.sum, name, email)
    statement = _id(issuer.address, "statement", one.sum, name, email, achievement.url, *_versions(finished))
    listed = "; ".join(f"{title} {version}" for title, version in achievement.modules.values())
    start = now.astimezone(UTC).replace(microsecond=0)
    end = datetime.combine(until, time(23, 59, 59), UTC) if until else None
    told = {"who": name, "made": one.made, "organisation": issuer.name}
    return {
        "@context": list(CONTEXTS),
        "id": statement,
        "type": list(TYPES),
        "name": achievement.title,
        "issuer": {"id": issuer.address, "type": ["Profile"], "name": issuer.name, "url": issuer.address},
        "validFrom": _moment(start),
        **({"validUntil": _moment(end)} if end else {}),
        "credentialSubject": {
            "id": person,
            "type": ["AchievementSubject"],
            "identifier": [
                _identity("name", name),
                *([_identity("emailAddress", email)] if email else []),
            ],
            "activityEndDate": f"{max(state.on for state in finished)}T00:00:00Z",
            "narrative": say(NARRATIVE, **told),
            "achievement": {
                "id": _address(issuer, achievement),
                "type": ["Achievement"],
                "achievementType": "Course" if achievement.is_module else "LearningProgram",
                "inLanguage": language,
                "name": achievement.title,
                **({"version": finished[0].version} if achievement.is_module else {}),
                "description": _about(achievement, listed, say),
                "criteria": {
                    "narrative": say(CRITERIA_MODULE)
                    if achievement.is_module
                    else say(CRITERIA_MODULES, modules=listed)
                },
            },
        },
        "evidence": [
            {"type": ["Evidence"], "narrative": say(EVIDENCE, made=one.made, sum=one.sum)},
        ],
        "credentialSchema": [SCHEMA],
        "iss": issuer.address,
        "sub": person,
        "jti": statement,
        "nbf": int(start.timestamp()),
        **({"exp": int(end.timestamp())} if end else {}),
    }


def _versions(states: Iterable[ModuleState]) -> Iterator[str]:
    yield from (f"{state.id} {state.version} {state.on}" for state in states)


def _id(*parts: str) -> str:
    """An id that the same things always have and no others."""
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return uuid.uuid5(uuid.NAMESPACE_URL, text).urn


def _address(issuer: Issuer, achievement: Achievement) -> str:
    """The address of what was achieved. Another version of a module is another achievement."""
    versions = [version for _, version in achievement.modules.values()]
    return f"{issuer.address}{achievement.url}" + (f"#version-{versions[0]}" if achievement.is_module else "")


def _about(achievement: Achievement, listed: str, say: Say) -> str:
    if achievement.is_module:
        [(title, version)] = achievement.modules.values()
        return say(ABOUT_MODULE, title=title, version=version, course=achievement.course)
    return say(ABOUT_MODULES, title=achievement.title, modules=listed, course=achievement.course)


def _identity(kind: str, value: str) -> dict[str, Any]:
    return {"type": "IdentityObject", "identityHash": value, "identityType": kind, "hashed": False}


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


# ---------------------------------------------------------------------- to read


@dataclass(frozen=True, slots=True)
class Stated:
    """What a statement says, for people."""

    id: str
    who: str
    email: str
    what: str
    about: str
    criteria: str
    narrative: str
    evidence: str
    #: The last day of what was finished, and the days from which and until which it holds; the last may be empty.
    on: str
    since: str
    until: str
    issuer: Issuer


def stated(payload: Mapping[str, Any], now: datetime, address: str | None = None) -> Stated:
    """What a statement says whose signature holds. Raises `NotHeldError` where it is none, contradicts itself, or does not hold now.

    `address` is that of the site in whose name it has to be, if it has to be in that of one.
    """
    try:
        said = _stated(payload)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise NotHeldError("it is no completion statement") from None
    _agree(payload)
    if address is not None and said.issuer.address != address:
        raise NotHeldError(f"it is in the name of {said.issuer.address}, which is not this site")
    today = now.astimezone(UTC)
    if _at(payload["validFrom"]) > today + APART:
        raise NotHeldError(f"it holds from {payload['validFrom']} on, which is still to come")
    if "validUntil" in payload and _at(payload["validUntil"]) < today:
        raise NotHeldError(f"it held until {payload['validUntil']}")
    return said


def _stated(payload: Mapping[str, Any]) -> Stated:
    subject, issuer = payload["credentialSubject"], payload["issuer"]
    achievement = subject["achievement"]
    identities = {one["identityType"]: one["identityHash"] for one in subject["identifier"] if one["hashed"] is False}
    texts = {
        "id": payload["id"],
        "who": identities["name"],
        "email": identities.get("emailAddress", ""),
        "what": achievement["name"],
        "about": achievement["description"],
        "criteria": achievement["criteria"]["narrative"],
        "narrative": subject["narrative"],
        "evidence": payload["evidence"][0]["narrative"],
        "on": subject["activityEndDate"][:10],
        "since": payload["validFrom"][:10],
        "until": payload.get("validUntil", "")[:10],
    }
    if not all(isinstance(text, str) for text in (*texts.values(), issuer["id"], issuer["name"])):
        raise TypeError
    if payload["type"] != list(TYPES) or payload["@context"] != list(CONTEXTS):
        raise ValueError
    for moment in ("validFrom", "validUntil"):
        if moment in payload:
            _at(payload[moment])
    return Stated(**texts, issuer=Issuer(issuer["id"], issuer["name"]))


def _agree(payload: Mapping[str, Any]) -> None:
    """What a token says of a statement has to be what the statement says."""
    until = payload.get("validUntil")
    pairs = [
        (payload.get("iss"), payload["issuer"]["id"]),
        (payload.get("jti"), payload["id"]),
        (payload.get("sub"), payload["credentialSubject"].get("id")),
        (payload.get("nbf"), int(_at(payload["validFrom"]).timestamp())),
        (payload.get("exp"), int(_at(until).timestamp()) if until else None),
    ]
    if any(type(claim) is not type(said) or claim != said for claim, said in pairs):
        raise NotHeldError("it contradicts itself")


def _at(moment: Any) -> datetime:
    if not isinstance(moment, str) or not MOMENT.fullmatch(moment):
        raise ValueError
    return datetime.fromisoformat(moment)
