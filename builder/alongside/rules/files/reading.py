"""Rows for what is found while files are read. Their check is the reader; those of the model follow them."""

from __future__ import annotations

from alongside.rules.files import fields, identity, importing, publishing
from alongside.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "L101",
        "file-missing",
        "error",
        "reading",
        "a file that cannot be read",
        "Every folder of modules needs a module.yml, and the folder of modules a curriculum.yml; without them nothing can be built. "
        "Create the file, or correct the path in the settings. Where the file is there, check that you may read it.",
        bad="""\
modules/curriculum.yml:
""",
        good="""\
modules/curriculum.yml: |
  title: Our training
  summary: Training for new mentors.
  order: [listening]
""",
    ),
    Rule(
        "L102",
        "not-utf-8",
        "error",
        "reading",
        "a file that is not UTF-8 text",
        "Letters such as é and curly quotation marks are stored in different ways by different programs, and UTF-8 is the one that everything reads today. "
        "Save the file again, and choose UTF-8 as its encoding.",
        bad="""\
title: Caf\udce9
summary: Let someone see that you heard them.
objectives: {reflect: {text: Write a reflection., level: apply}}
lessons: [hearing, asking, waiting]
key_points: [Listen., Check., Wait.]
""",
        good="""\
title: Café
summary: Let someone see that you heard them.
objectives: {reflect: {text: Write a reflection., level: apply}}
lessons: [hearing, asking, waiting]
key_points: [Listen., Check., Wait.]
""",
    ),
    Rule(
        "L103",
        "tab",
        "error",
        "reading",
        "a tab in the indentation",
        "YAML shows what belongs together by spaces at the start of a line and does not allow tabs there. "
        "Replace each tab with two spaces; most editors can do it for the whole file.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
  \t- text: Say back what you heard.
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
""",
    ),
    Rule(
        "L104",
        "not-yaml",
        "error",
        "reading",
        "a file that is not valid YAML",
        "One sign out of place can keep the whole file from being understood; the message says what it most often is. "
        "Look at the line it names and at the one before. "
        "Texts that hold a colon and a space belong in quotation marks or in a block after |.",
        bad="""\
modules/listening/hearing.yml: |
  title: Reflect: give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
""",
        good="""\
modules/listening/hearing.yml: |
  title: 'Reflect: give it back'
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
""",
    ),
    Rule(
        "L105",
        "key-twice",
        "error",
        "reading",
        "a key that stands twice",
        "Only one of the two would count, and nobody could see which. Delete one, or join their values.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  title: Reflect
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
""",
    ),
    Rule(
        "L106",
        "anchor",
        "error",
        "reading",
        "a YAML anchor or alias",
        "Names with & and * make one text stand in several places, which reviewers overlook, and they can be used to fill a computer’s memory. "
        "Write the text out in each place. A text that starts with & or * belongs in quotation marks.",
        bad="""\
modules/listening/hearing.yml: |
  title: &name Give it back
  minutes: 6
  summary: *name
  steps:
    - text: Say back what you heard.
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
""",
    ),
    Rule(
        "L107",
        "yaml-tag",
        "error",
        "reading",
        "a YAML tag or directive",
        "Tags that start with ! can make a program do things when it only should read, so none is accepted. Write plain text. "
        "A text that starts with ! belongs in quotation marks.",
        bad="""\
modules/listening/hearing.yml: |
  title: !special Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
""",
    ),
    Rule(
        "L108",
        "second-document",
        "error",
        "reading",
        "a file with two documents",
        "A line of three dashes starts a second document, which would never be shown. "
        "Delete the line, or move the second part to a file of its own.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
  ---
  title: Wait
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
""",
    ),
    Rule(
        "L109",
        "file-too-large",
        "error",
        "reading",
        "a file with too much in it",
        "Limits on size and depth keep a mistaken or hostile file from stopping the build. A lesson comes nowhere near them. "
        "Move part of the file to a file of its own.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps: [[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
""",
    ),
    Rule(
        "L110",
        "invisible-character",
        "error",
        "reading",
        "a character that cannot be seen",
        "Such characters come along when text is pasted, and can make a text mean something else than it seems to say. "
        "Delete the character that the message points at, or write the word again.",
        bad="""\
title: Listening\u200b first
summary: Let someone see that you heard them.
objectives: {reflect: {text: Write a reflection., level: apply}}
lessons: [hearing, asking, waiting]
key_points: [Listen., Check., Wait.]
""",
        good="""\
title: Listening first
summary: Let someone see that you heard them.
objectives: {reflect: {text: Write a reflection., level: apply}}
lessons: [hearing, asking, waiting]
key_points: [Listen., Check., Wait.]
""",
    ),
    Rule(
        "L111",
        "file-empty",
        "error",
        "reading",
        "an empty file",
        "A file with nothing in it stands in for something that is missing. Write its content, or delete it.",
        bad="""\
modules/listening/hearing.yml: |
  # Nothing here yet.
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
""",
    ),
    Rule(
        "L112",
        "no-keys",
        "error",
        "reading",
        "a file or entry without keys",
        "Every file is made of keys with values, such as “title: Give it back”. "
        "A list or a loose text at the top has no place in it.",
        bad="""\
modules/listening/hearing.yml: |
  - Give it back
  - Wait
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
""",
    ),
    Rule(
        "L113",
        "page-without-title",
        "error",
        "site",
        "a page without a title",
        "Pages in content/ are Markdown, and their first line is their title. Start the file with # and the title.",
        bad="""\
This course was written by volunteers.
""",
        good="""\
# About this course

This course was written by volunteers.
""",
    ),
    *fields.RULES,
    *identity.RULES,
    *importing.RULES,
    *publishing.RULES,
)
