"""Rows for what does not fit the model of a curriculum. Their check is the model."""

from __future__ import annotations

from alongside.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "M101",
        "unknown-key",
        "error",
        "reading",
        "a key that is not known here",
        "A key with a spelling mistake would be passed over, and its text would never be shown. "
        "The message names the nearest key that exists here. The guide for authors lists them all.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minuts: 6
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
        "M102",
        "missing-key",
        "error",
        "reading",
        "something that every such part needs is missing",
        "The site has a place for it, and learners would find a gap there. Add the line that the message names.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
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
        "M103",
        "wrong-kind-of-value",
        "error",
        "reading",
        "a value of the wrong kind",
        "A list stands where a text belongs, or a text where a number does, or there is nothing at all. "
        "The message says what was found and what belongs there.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: six
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
        "M104",
        "value-not-allowed",
        "error",
        "reading",
        "a value that cannot stand here",
        "Only some words, numbers or forms mean something to the site here. The message lists them or describes them. "
        "Choose one.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - callout: {kind: hint, text: Keep it short.}
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - callout: {kind: tip, text: Keep it short.}
""",
    ),
    Rule(
        "M105",
        "unknown-question-kind",
        "error",
        "reading",
        "a kind of question or exercise that does not exist",
        "The kind decides what else the question needs and how it looks. The message lists the kinds. "
        "Each has a page in the guide for authors.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - exercise: {kind: essay, id: look-back, title: Look back, instructions: Write.}
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - exercise:
        kind: checklist
        id: look-back
        title: Look back
        instructions: Tick what you did.
        items: [{id: heard, text: I gave it back.}, {id: waited, text: I waited.}]
""",
    ),
    Rule(
        "M106",
        "unknown-step",
        "error",
        "reading",
        "a step of no kind, or of two",
        "Each step of a lesson starts with a dash and has one key that says what it is: text, rules, dialogue, question and so on. "
        "The message lists them. Start a new step for each.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - prose: Say back what you heard.
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
        "M107",
        "text-too-long",
        "error",
        "reading",
        "a text that is too long for its place",
        "A heading or an option of this length would not fit where it is shown, on a telephone least of all. "
        "Cut it, or split it into several.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give back what you heard Give back what you heard Give back what you heard Give back what you heard Give back what you heard Give back what you heard
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
        "M108",
        "list-too-short-or-long",
        "error",
        "reading",
        "a list with too few or too many entries",
        "One choice is no choice, and twenty are too many to keep in mind. The message names the limits.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - dialogue:
        title: After work
        model: better
        turns: [{speaker: Ines, says: I nearly did not come.}]
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - dialogue:
        title: After work
        model: better
        turns:
          - {speaker: Ines, says: I nearly did not come.}
          - {speaker: Tom, says: Coming took something.}
""",
    ),
    Rule(
        "M109",
        "not-an-id",
        "error",
        "reading",
        "a name that cannot be an id",
        "Ids become part of addresses and of saved work, so they have only lower-case letters, digits and hyphens. "
        "Choose a short name that says what it is for; it is never shown to learners.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - rules: [{id: Give Back, rule: Give it back first., why: People go on when they feel heard.}]
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - rules: [{id: give-back, rule: Give it back first., why: People go on when they feel heard.}]
""",
    ),
    Rule(
        "M110",
        "reserved-name",
        "error",
        "reading",
        "a module, lesson or quiz with a name that the site uses itself",
        "Its pages and others would overwrite each other: the glossary, the support page, or the module’s copy for paper. "
        "Rename its folder or file, and the name wherever it is used.",
        bad="""\
modules/glossary/module.yml: |
  title: Words
  summary: What we say.
  objectives: {name: {text: Name three words., level: remember}}
  lessons: [first]
  key_points: [One., Two., Three.]
modules/glossary/first.yml: |
  title: First
  minutes: 6
  summary: What we say.
  steps:
    - text: We say what we mean.
""",
        good="""\
modules/words/module.yml: |
  title: Words
  summary: What we say.
  objectives: {name: {text: Name three words., level: remember}}
  lessons: [first]
  key_points: [One., Two., Three.]
modules/words/first.yml: |
  title: First
  minutes: 6
  summary: What we say.
  steps:
    - text: We say what we mean.
""",
    ),
    Rule(
        "M111",
        "missing-id",
        "error",
        "reading",
        "something that needs an id has none",
        "Saved answers and links find things by their id, which stays the same when the text changes. "
        "Write a short name, or let the command “alongside ids --write” fill it in.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - rules: [{rule: Give it back first., why: People go on when they feel heard.}]
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - rules: [{id: give-back, rule: Give it back first., why: People go on when they feel heard.}]
""",
    ),
    Rule(
        "M120",
        "waiver-without-reason",
        "error",
        "reading",
        "a waiver that gives no reason",
        "A rule can be wrong about one place, and a reviewer has to see why. Write the reason in a sentence after why.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  lint: {allow: [T105]}
  steps:
    - text: Say back what you heard.
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  lint: {allow: [T105], why: This lesson is done outdoors.}
  steps:
    - text: Say back what you heard.
""",
    ),
    Rule(
        "M121",
        "waiver-not-needed",
        "warning",
        "reading",
        "a waiver that covers nothing",
        "The rule is not broken here, or no longer. A waiver that stays would hide the next mistake, so delete it.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  lint: {allow: [A101], why: The picture is for ornament.}
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
        "M122",
        "waiver-of-a-firm-rule",
        "error",
        "reading",
        "a waiver of a rule that holds always",
        "Some rules keep files and addresses where they belong, or keep a text from taking the builder minutes. "
        "What breaks one of them is not published, whatever the reason. Delete the code, and mend what the rule says.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  lint: {allow: [R214], why: The picture stands in another module.}
  steps:
    - text: Say back what you heard.
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  lint: {allow: [A101], why: The picture is for ornament.}
  steps:
    - text: Say back what you heard.
""",
    ),
)
