"""What could do harm or give someone away: numbers, claims, prompts, requests to other servers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alongside.files.problems import quoted
from alongside.model.element import Text, descendants
from alongside.model.exercises import Prompt, Reflection
from alongside.model.lessons import Lesson
from alongside.model.modules import Module
from alongside.model.scenarios import SENSITIVE_TAGS
from alongside.model.steps import MakeStep
from alongside.rules.references.links import REMOTE, TELEPHONE, named_files
from alongside.rules.rule import Context, Finding, rule
from alongside.texts import markup, readability

# ------------------------------------------------------------------ telephone

DIGITS = re.compile(r"(?<![\w.,/-])[+(]?\d[\d ().–-]{5,24}\d(?![\w,])")
YEAR = r"(?:1[5-9]|20)\d\d"
#: Years, days, pages (with an en dash), DOIs and ISBNs.
NOT_DIALLED = re.compile(
    rf"{YEAR} ?\(.*|{YEAR} ?[–-] ?{YEAR}|{YEAR}-\d\d-\d\d|\d{{2,5}}–\d{{2,5}}|.*\b10\.\d{{4,}}.*|97[89][- ]?\d.*"
)
#: E.164 allows a telephone number 15 digits; no more of them stand in one piece.
TOO_MANY = re.compile(r"\d{16}")
SHORT_NUMBER = re.compile(r"(?<![\w.,-])\d{3,6}(?:[ -]\d{2,6}){0,3}(?![\w,%]|\.\d)")
CALLING = frozenset(
    "call calls calling ring rings ringing dial dials dialling phone phones phoning text texts texting".split()
)
#: Words after which a number is a count, not something to dial.
COUNTED = re.compile(
    r"\s+(?:people|person|words|minutes|seconds|hours|days|weeks|times|calls|texts|messages|men|women|adults|students|participants|studies)\b"
)
WORDS_BEFORE = 4


@rule("Y101", "phone-in-content", "error", "text", needs=(*"0123456789", "tel:", "sms:"))
def phone_in_content(text: Text, context: Context) -> Iterator[Finding]:
    """Telephone numbers, and links that call or text."""
    found = {
        link.start: link.target for link in markup.links(text.value, text.markdown) if TELEPHONE.match(link.target)
    }
    if any(character.isdigit() for character in text.value):
        found |= _numbers(markup.visible(text.value, text.markdown))
    for start, number in sorted(found.items()):
        yield Finding(
            f"{quoted(number)} looks like a telephone number", text.place.within(text.value, start),
            "local facts only from the organisation’s settings", "write {{ organisation.safeguarding.how }} or {{ organisation.emergency.how }}",
        )  # fmt: skip


def _numbers(shown: str) -> dict[int, str]:
    found = {}
    for match in DIGITS.finditer(shown):
        number = match.group().strip()
        if sum(map(str.isdigit, number)) >= 7 and not (NOT_DIALLED.fullmatch(number) or TOO_MANY.search(number)):
            found[match.start()] = number
    for match in SHORT_NUMBER.finditer(shown):
        before = [word.lower() for word in markup.words(shown[max(0, match.start() - 60) : match.start()])][
            -WORDS_BEFORE:
        ]
        if CALLING.intersection(before) and not COUNTED.match(shown, match.end()):
            found.setdefault(match.start(), match.group())
    return found


HELPLINES = re.compile(
    r"\b(?:Samaritans|Childline|ChildLine|Kids Help(?:line| Phone)|Lifeline|Crisis Text Line|Befrienders|Trevor Project|HOPELINE\w*|Papyrus|PAPYRUS"
    r"|NSPCC|RAINN|Refuge helpline|FRANK|NHS 111|Telefonseelsorge|Nummer gegen Kummer|SOS Amitié|Tele-?HELP|Beyond Blue|Pieta House"
    r"|SAMHSA(?:’s)? (?:National )?Helpline|National Suicide Prevention|Suicide (?:and|&) Crisis Lifeline|Alcoholics Anonymous|Narcotics Anonymous|Relate)\b"
)


@rule(
    "Y102",
    "named-helpline",
    "warning",
    "text",
    needs=(
        "samaritans",
        "childline",
        "kids help",
        "lifeline",
        "crisis text",
        "befrienders",
        "trevor",
        "hopeline",
        "papyrus",
        "nspcc",
        "rainn",
        "refuge",
        "frank",
        "nhs",
        "telefonseelsorge",
        "nummer",
        "sos ",
        "tele-help",
        "telehelp",
        "beyond",
        "pieta",
        "samhsa",
        "national",
        "anonymous",
        "relate",
    ),
)
def named_helpline(text: Text, context: Context) -> Iterator[Finding]:
    """Services that exist in one place only, or change."""
    for match in HELPLINES.finditer(markup.visible(text.value, text.markdown)):
        if match.group() != "Relate" or markup.starts_a_name(text.value, match.start()):
            yield Finding(
                f"{quoted(match.group())} is a service of one place",
                text.place.within(text.value, match.start()),
                "local help only from the organisation’s settings",
                "a callout of kind support, or {{ organisation.emergency.how }}",
            )


# --------------------------------------------------------- sensitive, journals


@rule("Y103", "sensitive-without-note", "error", "module")
def sensitive_without_note(module: Module, context: Context) -> Iterator[Finding]:
    """Modules on hard subjects that do not say so before."""
    subjects = sorted(SENSITIVE_TAGS.intersection(module.outline.tags))
    if subjects and not module.outline.content_note:
        yield Finding(
            f"this module is about {', '.join(subjects)} and has no content note",
            module.outline.place("tags"),
            "content_note, in one neutral sentence",
            "content_note: This module talks about grief. You can read the summaries instead.",
        )


NO_NAMES = re.compile(r"\b(?:don.?t|do not|never|avoid|without|leave out|no)\b[^.\n]{0,40}\bnames?\b", re.IGNORECASE)
NO_CONCERN = re.compile(r"\b(?:safeguarding|safety) concerns?\b", re.IGNORECASE)
PRIVACY_LINE = "for example: Leave out names and details that identify someone. Do not record a safeguarding concern here. Tell your lead."


@rule("Y104", "journal-without-privacy-line", "error", "lesson")
def journal_without_privacy_line(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Journals that do not say what must stay out of them."""
    for exercise in descendants(lesson):
        if isinstance(exercise, Reflection) and not (
            NO_NAMES.search(exercise.instructions) and NO_CONCERN.search(exercise.instructions)
        ):
            missing = "concerns about safety" if NO_NAMES.search(exercise.instructions) else "names"
            yield Finding(
                f"these instructions do not say to leave out {missing}",
                exercise.place("instructions"),
                "a line on names and on concerns about safety",
                PRIVACY_LINE,
            )


IDENTIFYING = re.compile(
    r"\b(?:names? of|(?:his|her|their|the mentee’s|the mentee's|full|real) (?:full )?names?|who (?:abused|hurt|hit|assaulted)|(?:his|her|their|your|the|mentee’s|mentee's) diagnos[ie]s(?! of)|date of birth"
    r"|birthdays?|home address|phone number|address of|medical history|medication|worst (?:thing|memory|moment)|most painful|trauma(?:tic)?)\b",
    re.IGNORECASE,
)


@rule(
    "Y105",
    "identifying-prompt",
    "warning",
    "text",
    needs=(
        "name",
        "who ",
        "diagnos",
        "birth",
        "address",
        "phone number",
        "medical",
        "medication",
        "worst",
        "painful",
        "trauma",
    ),
)
def identifying_prompt(text: Text, context: Context) -> Iterator[Finding]:
    """Prompts that ask for what would give someone away, or for wounds."""
    if not (isinstance(text.element, Prompt | MakeStep) and text.field in {"text", "make"}):
        return
    for match in IDENTIFYING.finditer(text.value):
        if not NO_NAMES.search(text.value):
            yield Finding(
                f"this prompt asks for {quoted(match.group())}",
                text.place.within(text.value, match.start()),
                "a question about practice: what you said, what you noticed, what you will try",
            )


# --------------------------------------------------------------------- claims

COURSE = r"(?:this|our|the) (?:course|training|curriculum|module|programme|lesson|site|website)"
THERAPY = re.compile(
    rf"\b(?:{COURSE})\b[^.]{{0,60}}\b(?:treats?|cures?|heals?|diagnoses|diagnose|therapy|therapeutic|counselling)\b"
    r"|\byou (?:can|will|could)(?: be able to| learn to| learn how to)? (?:treat (?:trauma|depression|anxiety|addictions?|illness(?:es)?|disorders?|mental)|cure|heal|diagnose)\b",
    re.IGNORECASE,
)
CERTIFIED = re.compile(
    rf"\b(?:{COURSE})\b[^.]{{0,60}}\b(?:certified|certificates?|certification|accredited|accreditation|qualif(?:y|ies|ied|ication))\b"
    r"|\b(?:you|your|earn|get|receive|become|becoming)\b[^.]{0,30}\b(?:certified|accredited|certificate|certification|accreditation)\b"
    r"|\b(?:you are|you’re|you're|you will be|makes you|become|you become)(?: now| then| fully)? qualified\b",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:not|no|never|nor|neither|cannot|without|instead of|rather than|may not)\b|n[’']t\b", re.IGNORECASE
)


def _claims(text: Text, pattern: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    """Sentences with a claim in them that they do not deny."""
    if not pattern.search(text.value):
        return
    for sentence in readability.sentences(text.value):
        words = markup.without_quotations(sentence.words)
        match = pattern.search(words)
        if match and not DENIED.search(words):
            yield " ".join(match.group().split()), sentence.start


@rule("Y106", "therapy-claim", "warning", "text", needs=("treat", "cure", "heal", "diagnose", "therap", "counselling"))
def therapy_claim(text: Text, context: Context) -> Iterator[Finding]:
    """Sentences that promise treatment."""
    for claim, start in _claims(text, THERAPY):
        yield Finding(
            f"{quoted(claim)} sounds like a promise of treatment",
            text.place.within(text.value, start),
            "what someone can learn to do: listen, ask, link to help",
        )


@rule("Y107", "certificate-claim", "error", "text", needs=("certif", "accredit", "qualif"))
def certificate_claim(text: Text, context: Context) -> Iterator[Finding]:
    """Sentences that promise a qualification."""
    for claim, start in _claims(text, CERTIFIED):
        yield Finding(
            f"{quoted(claim)} promises a qualification",
            text.place.within(text.value, start),
            "what was finished, without a title: “You have finished this module.”",
        )


# -------------------------------------------------------------- other servers


@rule("Y108", "third-party-picture", "error", "text", needs=("![",))
@rule("Y109", "third-party-media", "error", "lesson")
def third_party_request(checked: Lesson | Text, context: Context) -> Iterator[Finding]:
    """Pictures and recordings that would be fetched from another server."""
    for named in named_files(checked):
        if REMOTE.match(named.path):
            yield Finding(
                f"{quoted(named.path)} would be fetched from another server",
                named.place,
                "a file inside the module’s folder",
                "copy the file into media/, if its licence allows that, and credit its maker",
            )
