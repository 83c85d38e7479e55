"""A scenario as a graph: S101 to S109. Every walk keeps its own stack and passes each choice once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from alongside.files.problems import nearest, quoted
from alongside.model.scenarios import AnyScenario, ScenarioChoice
from alongside.rules.rule import Context, Finding, repeats, rule
from alongside.texts.wordforms import named

GOOD_ENDINGS = frozenset({"strong", "workable"})
BAD_GRADES = frozenset({"poor", "harmful"})
DECISIONS = (3, 7)
MOST_NODES = 12

Graph = Mapping[str, list[str]]


def _names(scenario: AnyScenario) -> list[str]:
    return [*scenario.nodes, *scenario.endings]


def forwards(scenario: AnyScenario) -> Graph:
    """Where the choices of each node lead."""
    return {name: [choice.to for choice in node.choices] for name, node in scenario.nodes.items()}


def backwards(scenario: AnyScenario) -> Graph:
    """From which nodes each node or ending is reached."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, targets in forwards(scenario).items():
        for target in targets:
            found[target].append(name)
    return found


def reached(starts: Iterable[str], graph: Graph) -> set[str]:
    """`starts` and everything that can be reached from them."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        fresh = set(graph.get(waiting.pop(), ())) - found
        found |= fresh
        waiting += fresh
    return found


def _choices(scenario: AnyScenario) -> Iterator[ScenarioChoice]:
    for node in scenario.nodes.values():
        yield from node.choices


# ------------------------------------------------------------------------ ways


@rule("S101", "unknown-start", "error", "scenario")
def unknown_start(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Scenarios that begin at a node that is not there."""
    if scenario.start not in scenario.nodes:
        what = (
            "is an ending"
            if scenario.start in scenario.endings
            else f"is no node{nearest(scenario.start, scenario.nodes)}"
        )
        yield Finding(
            f"the start {quoted(scenario.start)} {what}",
            scenario.place("start"),
            f"one of: {', '.join(scenario.nodes)}",
            f"start: {next(iter(scenario.nodes))}",
        )


@rule("S102", "unknown-target", "error", "scenario")
def unknown_target(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Choices that lead to a node or ending that is not there."""
    known = _names(scenario)
    for choice in _choices(scenario):
        if choice.to not in known:
            yield Finding(
                f"there is no node or ending {quoted(choice.to)}{nearest(choice.to, known)}",
                choice.place("to"),
                f"one of: {', '.join(known)}",
            )


@rule("S103", "scenario-repeated-name", "error", "scenario")
def repeated_name(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Ids that stand for two things: a node and an ending, or two choices of a node."""
    for name in scenario.endings:
        if name in scenario.nodes:
            yield Finding(
                f"{quoted(name)} is a node and an ending",
                scenario.place("endings", name, key=True),
                "ids that differ",
                "give one of the two another id",
            )
    for node in scenario.nodes.values():
        for choice, _ in repeats((choice.id, choice) for choice in node.choices):
            yield Finding(
                f"the id {quoted(choice.id)} stands twice in this node",
                choice.place("id"),
                "each id once",
                "give one of the two another id",
            )


@rule("S104", "node-unreachable", "error", "scenario")
def node_unreachable(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Nodes and endings to which no choice leads."""
    if scenario.start not in scenario.nodes:
        return
    found = reached([scenario.start], forwards(scenario))
    for kind, names in (("nodes", scenario.nodes), ("endings", scenario.endings)):
        for name in names:
            if name not in found:
                yield Finding(
                    f"no way leads to the {kind[:-1]} {quoted(name)}",
                    scenario.place(kind, name, key=True),
                    "a choice that leads there",
                    f"let a choice lead there: to: {name}",
                )


@rule("S105", "dead-end", "error", "scenario")
def dead_end(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Nodes from which every way goes into a circle without an exit."""
    for name in _without_ending(scenario) - _endless(scenario):
        yield Finding(
            f"from {quoted(name)} no ending can be reached",
            scenario.place("nodes", name, key=True),
            "a way to an ending from every node",
            f"let a choice lead out: to: {next(iter(scenario.endings))}",
        )


@rule("S106", "endless-cycle", "error", "scenario")
def endless_cycle(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Nodes that lead in a circle, with no choice that leaves it."""
    circle = _endless(scenario)
    first = next((name for name in scenario.nodes if name in circle), None)
    if first:
        shown = ", ".join(quoted(name) for name in scenario.nodes if name in circle)
        yield Finding(
            f"no choice leaves this circle: {shown}",
            scenario.place("nodes", first, key=True),
            "a choice that leads out, to an ending in the end",
            f"let a choice lead out: to: {next(iter(scenario.endings))}",
        )


def _without_ending(scenario: AnyScenario) -> set[str]:
    """Nodes that lead to no ending. An unknown target counts as one, since it is a problem of its own."""
    ends = [*scenario.endings, *(choice.to for choice in _choices(scenario) if choice.to not in scenario.nodes)]
    return set(scenario.nodes) - reached(ends, backwards(scenario))


def _endless(scenario: AnyScenario) -> set[str]:
    """Of the nodes that lead to no ending, those that can come round to themselves."""
    stuck = _without_ending(scenario)
    graph = forwards(scenario)
    return {name for name in stuck if name in reached(graph[name], graph)}


# --------------------------------------------------------------------- endings


@rule("S107", "no-recovery", "warning", "scenario")
def no_recovery(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Poor choices after which nothing good can follow, although the scenario goes on."""
    good = [name for name, ending in scenario.endings.items() if ending.kind in GOOD_ENDINGS]
    hopeful = reached(good, backwards(scenario))
    stuck = _without_ending(scenario)
    for choice in _choices(scenario):
        goes_on = choice.to in scenario.nodes and choice.to not in stuck
        if choice.grade in BAD_GRADES and goes_on and choice.to not in hopeful:
            yield Finding(
                f"after the choice {quoted(choice.id)} no good ending can be reached",
                choice.place("to"),
                "a way back to a strong or workable ending",
                "let a later choice repair it",
            )


@rule("S108", "single-happy-path", "warning", "scenario")
def single_happy_path(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Scenarios with one good ending, or none."""
    good = [ending for ending in scenario.endings.values() if ending.kind in GOOD_ENDINGS]
    if len(good) < 2:
        yield Finding(
            f"this scenario has {named(len(good), 'good ending')}",
            scenario.place("endings", key=True),
            "two or more endings that are strong or workable",
            "kind: workable",
        )


def longest_way(scenario: AnyScenario) -> int:
    """The most decisions on a way from the start that never goes back to where it has been."""
    graph = forwards(scenario)
    depths = dict.fromkeys(scenario.endings, 0)
    open_nodes = {scenario.start: iter(graph[scenario.start])}
    while open_nodes:
        name = next(reversed(open_nodes))
        target = next((t for t in open_nodes[name] if t in graph and t not in depths and t not in open_nodes), None)
        if target:
            open_nodes[target] = iter(graph[target])
        else:
            del open_nodes[name]
            depths[name] = 1 + max((depths[t] for t in graph[name] if t in depths), default=0)
    return depths[scenario.start]


@rule("S109", "scenario-depth", "warning", "scenario")
def scenario_depth(scenario: AnyScenario, context: Context) -> Iterator[Finding]:
    """Scenarios that are over at once, or never."""
    if scenario.start not in scenario.nodes:
        return
    decisions = longest_way(scenario)
    least, most = DECISIONS
    place = scenario.place("nodes", key=True)
    if not least <= decisions <= most:
        yield Finding(
            f"the longest way through this scenario has {named(decisions, 'decision')}",
            place,
            f"{least} to {most} decisions",
            "let a choice have a second part" if decisions < least else "make two scenarios of it",
        )
    elif len(scenario.nodes) > MOST_NODES:
        yield Finding(
            f"this scenario has {len(scenario.nodes)} nodes",
            place,
            f"at most {MOST_NODES} on one page",
            "make two scenarios of it",
        )
