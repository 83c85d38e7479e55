"""The rules of a QTI item: what an answer is worth, and what is said to it.

An item says so with a template that everybody knows, or with rules of its own, which are followed here. Numbers are
compared exactly. A rule that is not understood makes the item unusable: a guess could call a wrong answer right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, DecimalException

from alongside.files.problems import quoted
from alongside.files.xml_tree import Node
from alongside.importers.draft import Unusable
from alongside.importers.drafts import comparable

#: A value of any cardinality; nothing is an empty one.
Value = tuple[str | Decimal | bool, ...]
#: What was answered, by the names of the responses.
Answers = Mapping[str, Sequence[str]]
NUMBERS = frozenset({"float", "integer"})
SCORE = "SCORE"
#: Most elements of rules that are followed, for all answers of an item together.
MOST_FOLLOWED = 200_000
#: Most values that rules may gather in one. Each can hold itself twice, and soon there are more than a machine has room for.
MOST_GATHERED = 1_000
YES, NO = (True,), (False,)


@dataclass(frozen=True)
class Response:
    """What can be answered: what is right, and what each answer is worth."""

    name: str
    cardinality: str
    type: str
    correct: tuple[str, ...]
    #: Worth by answer, and whether capitals count in it.
    mapping: dict[str, tuple[Decimal, bool]] = field(default_factory=dict)
    default: Decimal = Decimal(0)
    lowest: Decimal | None = None
    highest: Decimal | None = None

    def value(self, given: Sequence[str]) -> Value:
        """An answer as a value of its type."""
        return tuple(map(number, given)) if self.type in NUMBERS else tuple(given)

    def worth(self, given: Sequence[str]) -> Decimal:
        """What an answer is worth by the mapping. The same answer counts once."""
        total = sum((self._one(answer) for answer in dict.fromkeys(given)), Decimal(0))
        total = total if self.lowest is None else max(total, self.lowest)
        return total if self.highest is None else min(total, self.highest)

    def _one(self, answer: str) -> Decimal:
        for key, (worth, exact) in self.mapping.items():
            same = key == answer or (self.type == "string" and not exact and key.casefold() == answer.casefold())
            if same or (self.type in NUMBERS and number(key) == number(answer)):
                return worth
        return self.default


def number(text: str) -> Decimal:
    """A number of an item. Raises `Unusable` where it is none, or far from what can be compared."""
    own = text.strip()
    return comparable(own, own[:40])


def responses(item: Node) -> dict[str, Response]:
    """What can be answered in an item, by name."""
    return {node.get("identifier"): _response(node) for node in item.all("response-declaration")}


def _response(node: Node) -> Response:
    correct = node.first("correct-response")
    values = tuple(" ".join(one.words.split()) for one in correct.all("value")) if correct else ()
    made = Response(node.get("identifier"), node.get("cardinality", "single"), node.get("base-type", "string"), values)
    mapping = node.first("mapping")
    if mapping is None:
        return made
    entries = {
        " ".join(one.get("map-key").split()): (
            number(one.get("mapped-value", "0")),
            one.get("case-sensitive", "true") not in {"false", "0"},
        )
        for one in mapping.all("map-entry")
    }
    lowest, highest = (
        number(mapping.get(name)) if mapping.get(name) else None for name in ("lower-bound", "upper-bound")
    )
    return Response(
        made.name,
        made.cardinality,
        made.type,
        values,
        entries,
        number(mapping.get("default-value", "0")),
        lowest,
        highest,
    )


class Exit(Exception):  # noqa: N818  # a rule, no error
    """The rules end here."""


class Rules:
    """Follows the rules of an item."""

    def __init__(self, item: Node) -> None:
        self.responses = responses(item)
        self._outcomes = {node.get("identifier"): node for node in item.all("outcome-declaration")}
        self._processing = item.first("response-processing")
        self._cost = sum(1 for _ in self._processing.below()) if self._processing else 1
        self._followed = 0

    def outcome(self, answers: Answers) -> dict[str, Value]:
        """What comes of answers: the outcomes by name, with the answers themselves."""
        try:
            return self._outcome(answers)
        except DecimalException:
            raise Unusable(
                "its rules lead to numbers that cannot be worked with", "rules that compare and add"
            ) from None

    def _outcome(self, answers: Answers) -> dict[str, Value]:
        self._followed += self._cost
        if self._followed > MOST_FOLLOWED:
            raise Unusable(
                "the rules of this question are too many to be followed for each answer", "fewer rules or answers"
            )
        values = {name: self._first(node) for name, node in self._outcomes.items()}
        values |= {name: response.value(answers.get(name, ())) for name, response in self.responses.items()}
        attempt = _Attempt(self.responses, answers, values)
        template = self._template
        if template:
            attempt.values[SCORE] = self._by_template(template, answers)
        elif self._processing:
            with suppress(Exit):
                attempt.follow(self._processing.elements)
        return attempt.values

    def score(self, answers: Answers) -> Decimal:
        """What answers are worth."""
        value = self.outcome(answers).get(SCORE, ())
        return value[0] if value and isinstance(value[0], Decimal) else Decimal(0)

    def _first(self, node: Node) -> Value:
        default = node.first("default-value")
        values = [one.words.strip() for one in default.all("value")] if default else []
        numbers = node.get("base-type") in NUMBERS
        if not values and numbers and node.get("cardinality", "single") == "single":
            return (Decimal(0),)
        return tuple(map(number, values)) if numbers else tuple(values)

    @property
    def _template(self) -> str:
        """The name of a template, or `match_correct` where an item has a key and no rules."""
        if self._processing is None:
            return "map_response" if all(one.mapping for one in self.responses.values()) else "match_correct"
        if self._processing.elements:
            return ""
        path = self._processing.get("template") or self._processing.get("template-location")
        return path.rpartition("/")[2].removesuffix(".xml").lower()

    def _by_template(self, name: str, answers: Answers) -> Value:
        if name.endswith("map_response"):
            return (sum((one.worth(answers.get(key, ())) for key, one in self.responses.items()), Decimal(0)),)
        if name.endswith("match_correct"):
            right = all(_same(one, answers.get(key, ())) for key, one in self.responses.items())
            return (Decimal(right),)
        if name in {"null", "none"}:
            return (Decimal(0),)
        raise Unusable(
            f"it is graded by the template {quoted(name[:40])}, which is not understood here",
            "match_correct or map_response",
        )


def _same(response: Response, given: Sequence[str]) -> bool:
    own, right = response.value(given), response.value(response.correct)
    return bool(right) and (
        _unordered(own) == _unordered(right) if response.cardinality == "multiple" else own == right
    )


class _Attempt:
    """What comes of an answer, rule by rule."""

    def __init__(self, known: Mapping[str, Response], answers: Answers, values: dict[str, Value]) -> None:
        self._known = known
        self._answers = answers
        self.values = values

    # ------------------------------------------------------------------------- rules

    def follow(self, rules: Sequence[Node]) -> None:
        """Follows rules, one after the other."""
        for rule in rules:
            if rule.name == "set-outcome-value":
                self.values[rule.get("identifier")] = self._only(rule)
            elif rule.name == "response-condition":
                self._condition(rule)
            elif rule.name == "response-processing-fragment":
                self.follow(rule.elements)
            elif rule.name == "exit-response":
                raise Exit
            else:
                raise _unknown(rule)

    def _condition(self, condition: Node) -> None:
        for branch in condition.elements:
            inside = branch.elements
            if branch.name == "response-else":
                self.follow(inside)
                return
            if branch.name not in {"response-if", "response-else-if"} or not inside:
                raise _unknown(branch)
            if self._value(inside[0]) == YES:
                self.follow(inside[1:])
                return

    # ------------------------------------------------------------------- expressions

    def _only(self, node: Node) -> Value:
        if len(node.elements) != 1:
            raise _unknown(node)
        return self._value(node.elements[0])

    def _value(self, node: Node) -> Value:
        if node.name in LEAVES:
            return LEAVES[node.name](self, node)
        if node.name not in OPERATORS:
            raise _unknown(node)
        return OPERATORS[node.name](node, [self._value(one) for one in node.elements])

    def variable(self, node: Node) -> Value:
        """The value of a response or an outcome."""
        return self.values.get(node.get("identifier"), ())

    def correct(self, node: Node) -> Value:
        """What is right."""
        response = self._response(node)
        return response.value(response.correct)

    def mapped(self, node: Node) -> Value:
        """What an answer is worth by the mapping."""
        response = self._response(node)
        return (response.worth(self._answers.get(response.name, ())),)

    def matched(self, node: Node) -> Value:
        """Whether two values are the same. The order counts where one of them has one."""
        first, second = _two([self._value(one) for one in node.elements])
        if not first or not second:
            return ()
        ordered = any(one.name == "ordered" or self._is_ordered(one.get("identifier")) for one in node.elements)
        return (first == second if ordered else _unordered(first) == _unordered(second),)

    def _is_ordered(self, name: str) -> bool:
        return name in self._known and self._known[name].cardinality == "ordered"

    def _response(self, node: Node) -> Response:
        name = node.get("identifier")
        if name not in self._known:
            raise Unusable(
                f"its rules name a response that is not declared: {quoted(name[:40])}", "a name that is declared"
            )
        return self._known[name]


def _base(_: _Attempt, node: Node) -> Value:
    kind, text = node.get("base-type"), node.words.strip()
    if kind == "boolean":
        return (text in {"true", "1"},)
    return (number(text),) if kind in NUMBERS else (text,)


def _nothing(_: _Attempt, node: Node) -> Value:
    del node
    return ()


def _unknown(node: Node) -> Unusable:
    return Unusable(f"its rules hold <{node.name[:40]}>, which is not understood here", "rules that compare and add")


def _joined(_: Node, values: list[Value]) -> Value:
    if sum(map(len, values)) > MOST_GATHERED:
        raise Unusable(f"its rules gather more than {MOST_GATHERED:,} values", "rules that compare and add")
    return tuple(one for value in values for one in value)


def _unordered(value: Value) -> list[str]:
    return sorted(str(one.normalize()) if isinstance(one, Decimal) else str(one) for one in value)


def _two(values: list[Value]) -> tuple[Value, Value]:
    if len(values) != 2:  # noqa: PLR2004  # both sides
        raise Unusable("a rule compares other than two values", "two values")
    return values[0], values[1]


def _numbers(values: list[Value]) -> list[Decimal]:
    return [one for value in values for one in value if isinstance(one, Decimal)]


def _compared(holds: Callable[[Decimal, Decimal], bool]) -> Callable[[Node, list[Value]], Value]:
    def compare(_: Node, values: list[Value]) -> Value:
        found = _numbers(list(_two(values)))
        return (holds(found[0], found[1]),) if len(found) == 2 else ()  # noqa: PLR2004  # both sides

    return compare


def _equal(node: Node, values: list[Value]) -> Value:
    found = _numbers(list(_two(values)))
    if len(found) != 2:  # noqa: PLR2004  # both sides
        return ()
    below, above = tolerance(node, found[1])
    return (found[1] - below <= found[0] <= found[1] + above,)


def tolerance(node: Node, around: Decimal) -> tuple[Decimal, Decimal]:
    """How far a number may lie below and above another."""
    mode, given = node.get("tolerance-mode", "exact"), [number(one) for one in node.get("tolerance").split()]
    if mode == "exact" or not given:
        return Decimal(0), Decimal(0)
    below, above = (given * 2)[:2]
    if "false" in {node.get("include-lower-bound", "true"), node.get("include-upper-bound", "true")}:
        raise Unusable(
            "a number may come near a bound and not reach it, and ranges hold their ends here",
            "bounds that are included",
        )
    part = abs(around) / 100 if mode == "relative" else Decimal(1)
    return below * part, above * part


def _string_match(node: Node, values: list[Value]) -> Value:
    first, second = _two(values)
    if not first or not second:
        return ()
    own, other = str(first[0]), str(second[0])
    if node.get("case-sensitive", "true") == "false":
        own, other = own.casefold(), other.casefold()
    if node.get("substring") in {"true", "1"}:
        raise Unusable(
            "an answer counts where a word stands anywhere in it, and answers are compared as a whole here",
            "each way of writing it as an answer of its own",
        )
    return (own == other,)


def _divided(_: Node, values: list[Value]) -> Value:
    found = _numbers(list(_two(values)))
    return (found[0] / found[1],) if len(found) == 2 and found[1] else ()  # noqa: PLR2004  # both sides


def _product(_: Node, values: list[Value]) -> Value:
    made = Decimal(1)
    for one in _numbers(values):
        made *= one
    return (made,)


def _less(_: Node, values: list[Value]) -> Value:
    found = _numbers(list(_two(values)))
    return (found[0] - found[1],) if len(found) == 2 else ()  # noqa: PLR2004  # both sides


def _index(node: Node, values: list[Value]) -> Value:
    place, inside = node.get("n").lstrip("0"), _joined(node, values)
    number = int(place) if place.isdecimal() and len(place) <= len(str(MOST_GATHERED)) else 0
    return inside[number - 1 : number] if number else ()


def _member(_: Node, values: list[Value]) -> Value:
    first, second = _two(values)
    return (first[0] in second,) if first and second else ()


def _contains(_: Node, values: list[Value]) -> Value:
    first, second = _two(values)
    return (all(one in first for one in second),) if first and second else ()


LEAVES: dict[str, Callable[[_Attempt, Node], Value]] = {
    "variable": _Attempt.variable,
    "correct": _Attempt.correct,
    "map-response": _Attempt.mapped,
    "base-value": _base,
    "match": _Attempt.matched,
    "null": _nothing,
}
OPERATORS: dict[str, Callable[[Node, list[Value]], Value]] = {
    "multiple": _joined,
    "ordered": _joined,
    "equal": _equal,
    "string-match": _string_match,
    "and": lambda _, values: YES if all(value == YES for value in values) else NO,
    "or": lambda _, values: YES if any(value == YES for value in values) else NO,
    "not": lambda _, values: (values[0] != YES,) if values and values[0] else (),
    "is-null": lambda _, values: (not values or not values[0],),
    "member": _member,
    "contains": _contains,
    "index": _index,
    "gt": _compared(lambda one, other: one > other),
    "gte": _compared(lambda one, other: one >= other),
    "lt": _compared(lambda one, other: one < other),
    "lte": _compared(lambda one, other: one <= other),
    "sum": lambda _, values: (sum(_numbers(values), Decimal(0)),),
    "product": _product,
    "subtract": _less,
    "divide": _divided,
}


# --------------------------------------------------------------- what is compared with


def compared_words(item: Node, response: Response) -> list[str]:
    """Every text with which an answer is compared."""
    written = [*response.correct, *response.mapping]
    return list(
        dict.fromkeys(
            filter(None, [*written, *(node.words.strip() for node in _constants(item, response.name, {"string"}))])
        )
    )


def compared_numbers(item: Node, response: Response) -> list[Decimal]:
    """Every number at which what comes of an answer may change, in their order."""
    found = {number(one) for one in (*response.correct, *response.mapping)}
    for node in _comparisons(item, response.name):
        for constant in node.elements:
            middle = _constant(constant, response)
            if middle is not None:
                below, above = tolerance(node, middle) if node.name == "equal" else (Decimal(0), Decimal(0))
                found |= {middle - below, middle, middle + above}
    return sorted(found)


def _constant(node: Node, response: Response) -> Decimal | None:
    if node.name == "base-value" and node.get("base-type") in NUMBERS:
        return number(node.words)
    return number(response.correct[0]) if node.name == "correct" and response.correct else None


def _comparisons(item: Node, name: str) -> Iterator[Node]:
    processing = item.first("response-processing")
    for node in processing.below() if processing else ():
        if any(one.name == "variable" and one.get("identifier") == name for one in node.elements):
            yield node


def _constants(item: Node, name: str, kinds: set[str]) -> Iterator[Node]:
    for node in _comparisons(item, name):
        yield from (one for one in node.elements if one.name == "base-value" and one.get("base-type") in kinds)
