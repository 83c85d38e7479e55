"""Quizzes in Markdown pages as the plugin mkdocs-quiz has them.

Between `<quiz>` and `</quiz>` stand a question and a list of tasks, those that are ticked being right,
or a text with `[[answers]]`. A quotation right below an answer is its feedback; what follows the
answers, or `---` where there are gaps, is shown afterwards. Other plugins have a `<quiz>` of another
form; such a quiz is not imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alongside.files.problems import Problem, quoted
from alongside.importers import to_markdown
from alongside.importers.draft import GAP, Draft, Refused, Unusable, missing, noted, refused
from alongside.importers.drafts import RIGHT, Answer, Slot, chosen, completed, written
from alongside.texts.markup import blank

TAG = re.compile(r"<quiz\b([^<>]*)>|</quiz\s*>", re.IGNORECASE)
OLD, OLD_END = re.compile(r"^\s*<\?quiz\?>|^\s*quiz-start\s*$"), re.compile(r"^\s*<\?/quiz\?>|^\s*quiz-end\s*$")
CODE = re.compile(r"(`+)[^`\n]*+\1")
TASK = re.compile(r"^ {0,3}[-*+][ \t]*\[(.?)\](?:[ \t]+(.*))?$")
#: Lines that are meant as answers and are none, or stand deeper than answers can.
NO_TASK, DEEPER = (
    re.compile(r"^\s*(?:[-*+]|\d+[.)])\s*\[\s*[xX✓✔✗ ]?\s*\](?:\s|$)"),
    re.compile(r"^\s{4,}[-*+]\s*\[.?\]\s"),
)
QUOTATION = re.compile(r"^\s*>\s?(.*)$")
SLOT = re.compile(r"\[\[([^\[\]]+)\]\]")
RULE = re.compile(r"^\s*---+\s*$")

OTHER = "this may be the quiz of another plugin"
FORM = "a question, then - [x] for right answers and - [ ] for others, each at the start of a line"


@dataclass
class _Block:
    """The lines of a quiz, and where they stand."""

    #: Number of the line with `<quiz>`.
    line: int
    lines: list[str]
    attributes: str = ""
    #: Why it cannot be a quiz of this plugin.
    wrong: Unusable | None = None


def drafts(text: str, file: str) -> Iterator[Draft | Refused | Problem]:
    """The quizzes of a page, and what is wrong with those that cannot be read."""
    for block in _Page(text.split("\n"), file).blocks():
        if isinstance(block, Problem):
            yield block
            continue
        source = "\n".join(block.lines)
        try:
            if block.wrong:
                raise block.wrong
            draft = _draft(block)
        except Unusable as unusable:
            yield refused(file, block.line, unusable, source)
            continue
        draft.source = source
        yield draft


# ------------------------------------------------------------------- the lines


class _Page:
    """The lines of a page while quizzes are looked for in it."""

    def __init__(self, lines: Sequence[str], file: str) -> None:
        self._lines = lines
        self._file = file
        self._quiz: _Block | None = None
        self._in_comment = False

    def blocks(self) -> Iterator[_Block | Problem]:
        """Each quiz, the old kind too. Those in code are none, and those in comments are named."""
        fences = to_markdown.Fences(self._lines)
        after = 0
        for number, line in enumerate(self._lines):
            if number < after:
                continue
            if self._quiz is None and not self._in_comment:
                after = fences.end(number) + 1
                if after:
                    continue
                if OLD.match(line):
                    after = _old_end(self._lines, number)
                    yield _Block(number + 1, list(self._lines[number:after]), wrong=_old())
                    continue
            yield from self._line(number + 1, line)
        if self._quiz:
            yield self._endless("</quiz> on a line of its own")

    def _line(self, number: int, line: str) -> Iterator[_Block | Problem]:
        shown = CODE.sub(blank, line)
        if self._quiz is None:
            shown, self._in_comment, hidden = _without_comments(shown, open_before=self._in_comment)
            if any(tag[1] is not None for tag in TAG.finditer(hidden)):
                yield noted(
                    self._file, number, "a quiz in a comment was left out", "a quiz outside of comments, if it is one"
                )
        at = 0
        for tag in TAG.finditer(shown):
            yield from self._tag(number, line[at : tag.start()], tag)
            at = tag.end()
        if self._quiz:
            self._quiz.lines.append(line[at:])

    def _tag(self, number: int, before: str, tag: re.Match[str]) -> Iterator[_Block | Problem]:
        closing = tag[1] is None
        if self._quiz:
            self._quiz.lines.append(before)
            yield self._quiz if closing else self._endless("</quiz> before the next <quiz>")
        elif closing:
            yield refused(self._file, number, Unusable("this </quiz> ends nothing", "<quiz> before it"), "").problem
        self._quiz = None if closing else _Block(number, [], tag[1].strip())

    def _endless(self, expected: str) -> _Block:
        assert self._quiz is not None, "one is open"
        self._quiz.wrong = Unusable("this quiz has no end", expected)
        return self._quiz


def _old() -> Unusable:
    return Unusable("this quiz is written in the old way of mkdocs-quiz", f"<quiz>, {FORM}, </quiz>")


def _old_end(lines: Sequence[str], start: int) -> int:
    """The line after an old quiz that starts here."""
    for index in range(start + 1, len(lines)):
        if OLD_END.match(lines[index]):
            return index + 1
        if OLD.match(lines[index]) or TAG.search(lines[index]):
            return index
    return len(lines)


def _without_comments(line: str, *, open_before: bool) -> tuple[str, bool, str]:
    """A line with blanks for comments of HTML, whether one is open at its end, and what stands in them."""
    shown, hidden = list[str](), list[str]()
    place, is_open = 0, open_before
    while place < len(line):
        sign = line.find("-->" if is_open else "<!--", place)
        end = len(line) if sign < 0 else sign + (3 if is_open else 4)
        (hidden if is_open else shown).append(line[place:end])
        if is_open:
            shown.append(" " * (end - place))
        if sign >= 0:
            is_open = not is_open
        place = end
    return "".join(shown), is_open, "".join(hidden)


# --------------------------------------------------------------------- a quiz


def _draft(block: _Block) -> Draft:
    rows = _dedented(block.lines)
    draft = Draft(block.line, "choice")
    if block.attributes:
        draft.losses.append(f"settings of the quiz were left out: {quoted(block.attributes)}")
    outside = _outside_code(rows)
    tasks = [index for index, row in enumerate(outside) if TASK.match(row)]
    gaps = _gap_rows(outside)
    cut = next((index for index, row in enumerate(outside) if RULE.match(row)), len(rows))
    if tasks and not any(index < min(cut, tasks[0]) for index in gaps):
        _tasks(draft, rows, outside, tasks)
    elif tasks and tasks[0] < cut:
        raise Unusable("this quiz has both answers to tick and gaps", "one of the two", gaps[0])
    elif any(index < cut for index in gaps):
        _gaps(draft, rows[:cut], rows[cut + 1 :])
    else:
        raise _no_quiz(outside)
    return draft


def _no_quiz(rows: Sequence[str]) -> Unusable:
    deeper = next((index for index, row in enumerate(rows) if DEEPER.match(row) or NO_TASK.match(row)), None)
    if deeper is not None:
        return Unusable(f"the answers do not start at the margin; {OTHER}", FORM, deeper)
    return Unusable("this quiz has neither answers to tick nor gaps", f"{FORM}; or [[the word]]")


def _dedented(lines: Sequence[str]) -> list[str]:
    rows = [line.expandtabs(4) if re.match(r" *\t", line) else line for line in lines]
    margin = min((len(row) - len(row.lstrip(" ")) for row in rows[1:] if row.strip()), default=0)
    first = rows[0].lstrip(" ") if rows else ""
    return [first, *(row[margin:] for row in rows[1:])]


def _outside_code(rows: Sequence[str]) -> list[str]:
    """The rows with nothing in place of blocks of code, and blanks in place of code in a sentence."""
    fences = to_markdown.Fences(rows)
    outside: list[str] = []
    for index, row in enumerate(rows):
        if index < len(outside):
            continue
        end = fences.end(index)
        outside += [CODE.sub(blank, row)] if end < 0 else [""] * (end + 1 - index)
    return outside


def _gap_rows(rows: Sequence[str]) -> list[int]:
    """The rows with gaps."""
    return [index for index, row in enumerate(rows) if SLOT.search(row)]


def _markdown(text: str, draft: Draft) -> str:
    converted = to_markdown.markdown(text)
    draft.losses += converted.losses
    return converted.text


def _line(text: str, draft: Draft) -> str:
    converted = to_markdown.as_line(_markdown(text, draft))
    draft.losses += converted.losses
    return converted.text


def _tasks(draft: Draft, rows: Sequence[str], outside: Sequence[str], tasks: Sequence[int]) -> None:
    first = tasks[0]
    _no_other_plugin(outside, tasks)
    draft.prompt = _markdown("\n".join(rows[:first]), draft)
    draft.name = to_markdown.words_only(draft.prompt)
    answers, end = [], first
    while end < len(rows):
        task = TASK.match(rows[end]) if outside[end].strip() else None
        if task is None and rows[end].strip():
            break
        end += 1
        if task:
            said, after = _quotation(rows, end)
            answers.append(_answer(draft, task, said, end - 1))
            end = after
    later = next((index for index in tasks if index >= end), None)
    if later is not None:
        raise Unusable(
            "this line stands between answers and is neither one nor the feedback of one",
            "answers right below each other, each with its feedback in lines that begin with >",
            end,
        )
    wrong = next(
        (index for index in range(first, end) if NO_TASK.match(outside[index]) and not TASK.match(rows[index])), None
    )
    if wrong is not None:
        raise Unusable(f"{quoted(rows[wrong].strip())} is no answer", FORM, wrong)
    draft.rationale = _markdown("\n".join(rows[end:]), draft)
    chosen(draft, answers)


def _no_other_plugin(rows: Sequence[str], tasks: Sequence[int]) -> None:
    """Raises `Unusable` where answers stand below entries of another list or a line, as other plugins have them."""
    first = tasks[0]
    depth = len(rows[first]) - len(rows[first].lstrip())
    before = [row for row in rows[:first] if row.strip()]
    for index, row in enumerate(rows[:first]):
        if NO_TASK.match(row):
            raise Unusable(f"{quoted(row.strip())} says neither right nor wrong", "- [x] or - [ ]", index)
        if depth and re.match(r"\s*(?:[-*+]|\d+[.)])\s", row) and len(row) - len(row.lstrip()) < depth:
            raise Unusable(f"the answers stand inside another list; {OTHER}", FORM, first)
    if before and RULE.match(before[-1]):
        raise Unusable(f"a line stands between the question and its answers; {OTHER}", FORM, first)


def _answer(draft: Draft, task: re.Match[str], said: str, line: int) -> Answer:
    if task[1] not in {"x", "X", " ", ""}:
        raise Unusable(f"{quoted('[' + task[1] + ']')} says neither right nor wrong", "[x] or [ ]", line)
    words = _line(task[2] or "", draft)
    if not words:
        raise Unusable("an answer of this quiz is empty", "- [x] the answer", line)
    return Answer(words, RIGHT if task[1] in {"x", "X"} else 0, _line(said, draft))


def _quotation(rows: Sequence[str], start: int) -> tuple[str, int]:
    end = start
    while end < len(rows) and QUOTATION.match(rows[end]):
        end += 1
    return "\n".join(QUOTATION.sub(r"\1", row) for row in rows[start:end]), end


def _gaps(draft: Draft, rows: Sequence[str], below: Sequence[str]) -> None:
    words: list[str] = []
    outside = _outside_code(rows)
    marked = [_slotted(row, shown, words) for row, shown in zip(rows, outside, strict=True)]
    draft.rationale = _markdown("\n".join(below), draft)
    text = "\n".join(marked).strip()
    if any(not word.strip() for word in words):
        raise Unusable("a gap of this quiz is empty", "[[the word]]")
    before, _, after = text.partition(chr(GAP))
    if len(words) == 1 and after.strip() in {"", "."} and before.rstrip()[-1:] in {"?", ":", "="}:
        draft.prompt = _markdown(before, draft)
        written(draft, [Answer(words[0].strip().replace("*", r"\*"), RIGHT)])
        return
    draft.prompt = _markdown(text, draft)
    gaps = [Slot(f"gap-{number}", (word.strip(),)) for number, word in enumerate(words, 1)]
    completed(draft, gaps, missing("what to do in %question, such as: Complete the sentence about …"))


def _slotted(row: str, shown: str, words: list[str]) -> str:
    """A row with a mark for each gap that does not stand in code; the words go into `words`."""
    made, at = [], 0
    for gap in SLOT.finditer(shown):
        made += [row[at : gap.start()], chr(GAP + len(words))]
        words.append(row[gap.start() + 2 : gap.end() - 2])
        at = gap.end()
        if len(words) > MOST_GAPS:
            raise Unusable(f"this quiz has more than {MOST_GAPS} gaps", "several quizzes with a few gaps each")
    return "".join([*made, row[at:]])


#: As many as there are marks for; our own bound is far lower.
MOST_GAPS = 1_000
