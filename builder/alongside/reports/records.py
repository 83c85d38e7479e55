"""Record files that learners sent in: read as if they were hostile, judged against the course, and put together.

A file is what `elements/record-statement.js` writes, or a whole progress file, which says no name. Nobody vouches for
either: whoever can run a program can write one. So everything here is what a learner says of themselves.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from alongside.files import door
from alongside.files.problems import printable
from alongside.words.language import N_

#: The version of a file to hand in, and of a progress file, that are read.
STATEMENT, PROGRESS = 1, 1
#: Largest file, as in `record-model.js`; most files, and most entries of a table in one.
LARGEST, MOST_FILES, MOST_PARTS = 12_000_000, 2_000, 1_000
LONGEST_WORD = 200
#: By so much sums of shares may miss what they should be.
HAIR = 1e-6
DAY = re.compile(r"[12]\d{3}-\d\d-\d\d", re.ASCII)
IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
#: Right answers that show an objective, or all where there are fewer: as on the page on progress.
ENOUGH = 2
#: Where a cell of a spreadsheet would start to count, or to fetch something: with one of these signs, as wide as it may be, and
#: behind whatever a spreadsheet of some country, or of some settings, takes for the end of the cell before it.
FORMULA = re.compile(r"""(^|[;,\t|\r\n"])(?=\s*[=+\-@＝＋－＠])""")

#: What is to be known of a file that is read all the same.
NO_NAME = N_("It is a progress file, which says no name.")
NO_SUM = N_("It has no checksum, so it may have been changed by hand.")
WRONG_SUM = N_("Its checksum does not fit: it was changed after it was saved.")
OTHER_SITE = N_("It comes from another site: %(site)s.")
TWICE = N_("Another file holds the same answers: %(file)s.")
TO_COME = N_("It names a day that is still to come.")
UNKNOWN = N_("It names modules that this course has not got: %(modules)s.")
UNREAD = N_("Parts of it could not be read and are left out: %(parts)s.")
TICKED = N_("Ticked without any answer, and so not counted: %(parts)s.")
OLDER = N_("Finished in another version than the one of now: %(modules)s.")


class RefusedError(ValueError):
    """The file is not read; says why."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why somebody may not rely on a file: a message with what goes into it."""

    message: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModuleState:
    """What a learner says of one module."""

    id: str
    title: str
    version: str
    #: How many of its parts are finished, of how many, and the last day on which one was.
    done: int
    parts: int
    on: str
    #: Objectives that are shown, of all that the module has.
    shown: tuple[str, ...]
    objectives: int
    #: How sure they were before and after, in the words of the scale.
    before: str
    after: str
    #: Mistaken beliefs that their answers showed.
    beliefs: tuple[str, ...]

    @property
    def finished(self) -> bool:
        """Whether every part is."""
        return self.parts > 0 and self.done == self.parts


@dataclass(frozen=True, slots=True)
class Handed:
    """One file, as far as it could be read."""

    file: str
    name: str
    site: str
    made: str
    modules: tuple[ModuleState, ...]
    doubts: tuple[Doubt, ...]
    #: Its checksum, where it has the right one.
    sum: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What holds of all who handed something in, for one module."""

    title: str
    begun: int
    finished: int
    #: How many chose each step of the scale, before and after.
    confidence: tuple[tuple[str, int, int], ...]
    beliefs: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """All files of a folder: those that were read, those that were not and why, and the group."""

    handed: tuple[Handed, ...]
    refused: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]


def read_all(folder: Path, modules: Mapping[str, Any], site: str, today: date) -> Summary:
    """Everything below a folder, against the `modules` of the index of the course, on the site of this name."""
    found = door.below(folder)
    refused = [(_shown(path, folder), trouble) for path, trouble in found.refused]
    return _read_each(found.files, folder, refused, modules, site, today)


def read_one(file: Path, modules: Mapping[str, Any], site: str, today: date) -> Summary:
    """The same of one file."""
    return _read_each([file], file.parent, [], modules, site, today)


def _read_each(  # noqa: PLR0913, PLR0917  # the files and all that they are compared with
    files: Sequence[Path],
    folder: Path,
    refused: list[tuple[str, str]],
    modules: Mapping[str, Any],
    site: str,
    today: date,
) -> Summary:
    handed: list[Handed] = []
    seen: dict[str, str] = {}
    for number, path in enumerate(files):
        name = _shown(path, folder)
        if number >= MOST_FILES:
            refused.append((name, f"only the first {MOST_FILES:,} files are read"))
            continue
        try:
            statement, doubts = _read(path)
            handed.append(_judged(name, statement, doubts, modules, site, today, seen))
        except RefusedError as error:
            refused.append((name, str(error)))
    handed.sort(key=lambda one: (one.name.casefold(), one.file))
    return Summary(tuple(handed), tuple(refused), tuple(_groups(handed, modules)))


def _shown(path: Path, folder: Path) -> str:
    return printable(path.relative_to(folder).as_posix())


# ------------------------------------------------------------------ one file


def _read(path: Path) -> tuple[dict[str, Any], list[Doubt]]:
    """What a file says, each part of which has been judged, and what could not be read. Raises `RefusedError`."""
    try:
        content = door.read(path, LARGEST + 1)
    except OSError as error:
        raise RefusedError(f"it cannot be read: {error.strerror or 'it is no ordinary file'}") from None
    if len(content) > LARGEST:
        raise RefusedError(f"it is larger than {LARGEST // 1_000_000} MB")
    try:
        value = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except RecursionError:
        raise RefusedError("it is nested too deeply") from None
    except ValueError:  # no UTF-8, no JSON, or a number with thousands of digits
        raise RefusedError("it is no record file: it holds no JSON") from None
    if not isinstance(value, dict):
        raise RefusedError("it is no record file")
    return _statement(value)


def _no_number(name: str) -> float:
    raise ValueError(name)


def _statement(value: dict[str, Any]) -> tuple[dict[str, Any], list[Doubt]]:
    version = value.get("statement", value.get("schema"))
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise RefusedError("it is no record file")
    if version > (STATEMENT if "statement" in value else PROGRESS):
        raise RefusedError("it comes from a newer version of Alongside; upgrade, and try again")
    reading = _Reading()
    modules = reading.table(value.get("modules"), "modules", reading.module)
    written = {name: value.get(name) for name in ("name", "site", "address", "made")}
    # What the sum is made of is what was written; what is shown is without anything that nobody sees.
    plain = {
        name: word if isinstance(word, str) and len(word) <= LONGEST_WORD else "" for name, word in written.items()
    }
    doubts = []
    statement = {"statement": version, "modules": modules}
    if "statement" not in value:
        doubts.append(Doubt(NO_NAME))
    elif value.get("checksum") is None or value["checksum"] == "–":
        doubts.append(Doubt(NO_SUM))
    elif value["checksum"] != checksum(statement | plain):
        doubts.append(Doubt(WRONG_SUM))
    else:
        statement["checksum"] = value["checksum"]
    if reading.unread:
        doubts.append(Doubt(UNREAD, {"parts": _listed(reading.unread)}))
    return statement | {name: _word(word) for name, word in plain.items()}, doubts


class _PartError(ValueError):
    """A part is not what it should be."""


class _Reading:
    """Reads parts as `record-model.js` does: what cannot be read costs that part alone, and is noted."""

    def __init__(self) -> None:
        self.unread: list[str] = []

    def table(self, value: Any, path: str, make: Callable[[Any, str], Any]) -> dict[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.unread.append(path)
            return {}
        made = {}
        for name, entry in list(value.items())[:MOST_PARTS]:
            inside = f"{path}/{printable(name[:40])}"
            try:
                made[_identifier(name)] = make(entry, inside)
            except _PartError:
                self.unread.append(inside)
        if len(value) > MOST_PARTS:
            self.unread.append(f"{path}/…")
        return made

    def module(self, value: Any, path: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _PartError
        confidence = value.get("confidence", {})
        steps = {
            name: self._step(confidence[name], f"{path}/confidence/{name}")
            for name in ("before", "after")
            if isinstance(confidence, dict) and confidence.get(name)
        }
        return {
            "version": _word(value.get("version")),
            "lessons": self.table(value.get("lessons"), f"{path}/lessons", lambda day, _: _day(day)),
            "questions": self.table(value.get("questions"), f"{path}/questions", lambda one, _: _answer(one)),
            "confidence": {name: step for name, step in steps.items() if step},
        }

    def _step(self, value: Any, path: str) -> dict[str, int] | None:
        if not isinstance(value, dict):
            self.unread.append(path)
            return None
        try:
            return {"place": _whole(value.get("place"), 0, 20), "of": _whole(value.get("of"), 1, 20)}
        except _PartError:
            self.unread.append(path)
            return None


def _identifier(name: str) -> str:
    if not IDENTIFIER.fullmatch(name):
        raise _PartError
    return name


def _answer(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _PartError
    met, score = value.get("met", []), value.get("score")
    if not isinstance(met, list) or len(met) > MOST_PARTS or not all(isinstance(one, str) for one in met):
        raise _PartError
    if score is not None and (
        isinstance(score, bool) or not isinstance(score, int | float) or not -HAIR < score < 1 + HAIR
    ):
        raise _PartError
    return {
        "fingerprint": _word(value.get("fingerprint")),
        "score": None if score is None else min(1, max(0, score)),
        "attempts": _whole(value.get("attempts"), 1, 1_000_000),
        "met": met,
    }


def _whole(value: Any, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _PartError
    return value


def _day(value: Any) -> str:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise _PartError
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise _PartError from None


def _word(value: Any) -> str:
    """A text without anything that nobody sees; nothing for what is none."""
    if not isinstance(value, str):
        return ""
    seen = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in value[:LONGEST_WORD])
    return " ".join(seen.split())


# ------------------------------------------------------------------- the sum


def checksum(statement: Mapping[str, Any]) -> str:
    """The sum of a statement, as `record-statement.js` works it out."""
    text = json.dumps(list(_lines(statement)), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _lines(statement: Mapping[str, Any]) -> Iterator[list[str]]:
    said = [statement[name] for name in ("name", "site", "address", "made")]
    yield ["statement", str(statement["statement"]), *said]
    for name, module in sorted(statement["modules"].items()):
        steps = (module["confidence"].get(moment) for moment in ("before", "after"))
        yield ["module", name, module["version"], *(f"{s['place']}/{s['of']}" if s else "" for s in steps)]
        yield from (["lesson", part, day] for part, day in sorted(module["lessons"].items()))
        for question, answer in sorted(module["questions"].items()):
            score = "" if answer["score"] is None else str(int(answer["score"] * 1000 + 0.5))
            yield ["question", question, answer["fingerprint"], score, str(answer["attempts"]), *answer["met"]]


# --------------------------------------------------------- against the course


def _judged(  # noqa: PLR0913, PLR0917  # a file and all that it is compared with
    file: str,
    statement: dict[str, Any],
    doubts: list[Doubt],
    modules: Mapping[str, Any],
    site: str,
    today: date,
    seen: dict[str, str],
) -> Handed:
    kept = _renamed(statement["modules"], modules)
    states = [(known, kept[name], _state(name, known, kept[name])) for name, known in modules.items() if name in kept]
    if statement["site"] and statement["site"] != site:
        doubts.append(Doubt(OTHER_SITE, {"site": statement["site"]}))
    days = [statement["made"], *(day for one in kept.values() for day in one["lessons"].values())]
    if any(day > today.isoformat() for day in days):
        doubts.append(Doubt(TO_COME))
    unknown = [name for name in kept if name not in modules]
    if unknown:
        doubts.append(Doubt(UNKNOWN, {"modules": _listed(unknown)}))
    ticked = [
        f"{known['title']}: {known['parts'][part]['title']}" for known, one, _ in states for part in _ticked(known, one)
    ]
    if ticked:
        doubts.append(Doubt(TICKED, {"parts": _listed(ticked)}))
    older = [
        f"{known['title']} {state.version}"
        for known, _, state in states
        if state.done and state.version != known["version"]
    ]
    if older:
        doubts.append(Doubt(OLDER, {"modules": _listed(older)}))
    same = checksum({**statement, "name": "", "made": ""})
    if any(one["questions"] for one in kept.values()) and seen.setdefault(same, file) != file:
        doubts.append(Doubt(TWICE, {"file": seen[same]}))
    begun = tuple(state for _, one, state in states if one["lessons"] or one["questions"] or one["confidence"])
    sum_ = statement.get("checksum", "")
    return Handed(file, statement["name"], statement["site"], statement["made"], begun, tuple(doubts), sum_)


def _listed(words: Iterable[str]) -> str:
    """The first few of many, in one line."""
    every = list(words)
    return "; ".join(every[:10]) + (" …" if len(every) > 10 else "")  # noqa: PLR2004  # as many as are read


def _renamed(kept: Mapping[str, Any], modules: Mapping[str, Any]) -> dict[str, Any]:
    """The modules of a file under the ids of now, with parts and questions under theirs, which may be in another module."""
    now = {old: name for name, known in modules.items() for old in known["formerly"]}
    renamed: dict[str, Any] = {}
    for name, one in kept.items():
        renamed[now.get(name, name)] = {**one, "lessons": {}, "questions": {}}
    for shelf, of in (("lessons", "parts"), ("questions", "questions")):
        follows = _follows(modules, of)
        for name, one in kept.items():
            module = now.get(name, name)
            for part, value in one[shelf].items():
                to, id_ = follows.get((name, part)) or follows.get((module, part)) or (module, part)
                version = modules[to]["version"] if to in modules else ""
                blank: dict[str, Any] = {"version": version, "confidence": {}, "lessons": {}, "questions": {}}
                renamed.setdefault(to, blank)[shelf].setdefault(id_, value)
    return renamed


def _follows(modules: Mapping[str, Any], of: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Where each thing of a sort is by where it was: its module and its id."""
    return {
        (module if slash else name, old): (name, id_)
        for name, known in modules.items()
        for id_, one in known[of].items()
        for module, slash, old in (entry.rpartition("/") for entry in one.get("formerly", ()))
    }


def _asked(known: Mapping[str, Any], part: str) -> list[str]:
    return [name for name, question in known["questions"].items() if question["part"] == part]


def _ticked(known: Mapping[str, Any], kept: Mapping[str, Any]) -> list[str]:
    """Parts that ask something, were ticked as finished, and in which nothing was answered."""
    return [
        part
        for part in known["parts"]
        if part in kept["lessons"]
        and (asked := _asked(known, part))
        and not any(one in kept["questions"] for one in asked)
    ]


def _state(name: str, known: Mapping[str, Any], kept: Mapping[str, Any]) -> ModuleState:
    empty = _ticked(known, kept)
    days = [kept["lessons"][part] for part in known["parts"] if part in kept["lessons"] and part not in empty]
    answers = {
        question: answer
        for question, answer in kept["questions"].items()
        if question in known["questions"] and answer["fingerprint"] == known["questions"][question]["fingerprint"]
    }
    beliefs = dict.fromkeys(
        belief
        for question, answer in answers.items()
        for option in answer["met"]
        if (belief := known["questions"][question].get("misconceptions", {}).get(option))
    )
    scale, steps = known["confidence"], kept["confidence"]
    before, after = (_step_in_words(scale, steps.get(moment)) for moment in ("before", "after"))
    shown = tuple(text for objective, text in known["objectives"].items() if _is_shown(objective, known, answers))
    return ModuleState(
        name, known["title"], kept["version"], len(days), len(known["parts"]), max(days, default=""),
        shown, len(known["objectives"]), before, after, tuple(beliefs),
    )  # fmt: skip


def _is_shown(objective: str, known: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    asked = [
        name
        for name, question in known["questions"].items()
        if objective in question["objectives"] and question["kind"] != "open_response"
    ]
    right = sum(answers[name]["score"] == 1 for name in asked if name in answers)
    return bool(asked) and right >= min(ENOUGH, len(asked))


def _step_in_words(scale: list[str], step: Mapping[str, int] | None) -> str:
    """A step as the scale of now calls it, or by its number where the scale has changed."""
    if step is None:
        return ""
    place, of = step["place"], step["of"]
    return scale[place] if of == len(scale) and place < of else f"{place + 1}/{of}"


# ------------------------------------------------------------------ the group


def _groups(handed: Iterable[Handed], modules: Mapping[str, Any]) -> Iterator[Group]:
    of_module: dict[str, list[ModuleState]] = defaultdict(list)
    for one in handed:
        for state in one.modules:
            of_module[state.id].append(state)
    for name, known in modules.items():
        states = of_module.get(name)
        if states:
            before, after = (Counter(getattr(s, moment) for s in states) for moment in ("before", "after"))
            scale = list(dict.fromkeys([*known["confidence"], *before, *after]))
            confidence = [(step, before[step], after[step]) for step in scale if step and (before[step] or after[step])]
            beliefs = Counter(belief for state in states for belief in state.beliefs).most_common()
            finished = sum(state.finished for state in states)
            yield Group(known["title"], len(states), finished, tuple(confidence), tuple(beliefs))


# ---------------------------------------------------------------- as a table


Row = tuple[str | int, ...]


def rows(summary: Summary, columns: Iterable[str], say: Callable[..., str]) -> Iterator[Row]:
    """A row for each person and module, under the heads of the columns. `say` puts a message into words."""
    yield tuple(columns)
    for one in summary.handed:
        doubts = " ".join(say(doubt.message, **doubt.values) for doubt in one.doubts)
        for state in one.modules or (None,):
            of_module: Row = ("", "", "", "", "", "", "", "", "") if state is None else (
                state.title, state.version, state.done, state.parts, state.on if state.finished else "",
                "; ".join(state.shown), state.objectives, state.before, state.after,
            )  # fmt: skip
            yield (one.name, one.file, one.made, *of_module, doubts)
    for file, why in summary.refused:
        yield ("", file, "", "", "", "", "", "", "", "", "", "", why)


def plain_cell(value: str | int) -> str | int:
    """A cell of which no spreadsheet takes a part for a formula, wherever it cuts it (OWASP, CSV injection)."""
    return FORMULA.sub(r"\1'", value) if isinstance(value, str) else value


def as_csv(table: Iterable[Row]) -> bytes:
    """The table for any spreadsheet. It starts with the mark by which they know UTF-8."""
    out = StringIO()
    csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(
        [plain_cell(value) for value in row] for row in table
    )
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")
