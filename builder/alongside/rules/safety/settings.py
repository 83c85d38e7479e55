"""What is wrong with an organisation's settings, seen together with the curriculum.

These rules have no check of their own in the walk over the curriculum: `check_settings` is called
with both, since local help and local facts stand in `mkdocs.yml` and are needed by modules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from alongside.files.located import Place
from alongside.files.problems import Problem, nearest, quoted
from alongside.model.curriculum import Curriculum
from alongside.model.element import NOWHERE
from alongside.model.settings import SLOTS, Contact, Settings, Support, slot_values
from alongside.model.statement_keys import is_whole
from alongside.rules.references.brand import brand_problems
from alongside.rules.release import judged
from alongside.rules.rule import TABLE, Rule, enter
from alongside.rules.safety.paths import missing_before_first_meeting
from alongside.rules.waivers import without_waived

FILE = "mkdocs.yml"
OLD, TOO_OLD = 180, 365
#: Hosts on which all projects of one owner have one address.
SHARED_HOSTS = (".github.io", ".gitlab.io")


def check_settings(
    settings: Settings, curriculum: Curriculum, today: date | None = None, address: tuple[str, Place] | None = None
) -> list[Problem]:
    """Everything in the settings that learners would run into. `address` is where the site will stand, and who says so."""
    day = today or date.today()  # noqa: DTZ011  # the host's own day is near enough
    found = [
        *_missing_support(settings, curriculum),
        *_stale_support(settings, day),
        *_unread_for_safety(settings, curriculum, day),
        *_unfilled_slots(settings, curriculum),
        *brand_problems(settings, curriculum, has_address=address is not None),
        *_useless_keys(settings, address[0] if address else ""),
        *_store(settings, address[0] if address else ""),
        *_unknown_modules(settings, curriculum),
        *_short_paths(settings, curriculum),
        *(_shared_address(*address) if address else _no_address(settings)),
    ]
    # What was left out stands nowhere; the settings as a whole have to do, or the file.
    whole = settings.place() if settings.place().file != NOWHERE else Place(FILE)
    placed = [replace(problem, place=whole) if problem.place.file == NOWHERE else problem for problem in found]
    waivers = [(settings, settings.lint)] if settings.lint else []
    # Nothing but the settings themselves can break a rule here, so waivers of all other rules do nothing.
    return judged(without_waived(placed, waivers, set(TABLE)), release=settings.release)


# ----------------------------------------------------------------- local help


def _missing_support(settings: Settings, curriculum: Curriculum) -> Iterator[Problem]:
    sensitive = [name for name, module in curriculum.modules.items() if module.sensitive]
    support = settings.organisation.support
    if sensitive and not support.contacts:
        shown = ", ".join(sensitive[:3]) + (" and others" if len(sensitive) > 3 else "")
        yield Problem(
            "Y120", "warning", f"there is no local help for modules on hard subjects: {shown}",
            settings.organisation.place("support"), "at least one contact below organisation: support: contacts:",
            "contacts:\n  - {name: …, how: …, last_verified: 2026-11-20}",
        )  # fmt: skip


#: Fields of local help that hold for as long as somebody checks them. Contacts have a day each.
FACTS = ("emergency", "safeguarding_lead", "coordinator", "out_of_hours", "complaints", "confidentiality_limits")


def _stale_support(settings: Settings, day: date) -> Iterator[Problem]:
    support = settings.organisation.support
    for contact in support.contacts:
        dated: Contact | Support = contact if contact.last_verified or not support.last_verified else support
        yield from _stale(f"the contact {quoted(contact.name)}", dated, day)
    if any(getattr(support, field) for field in FACTS):
        yield from _stale("local help", support, day)


def _stale(what: str, dated: Contact | Support, day: date) -> Iterator[Problem]:
    """What is to be said of something that was last checked on the day that `dated` names, if it names one."""
    checked, place = dated.last_verified, dated.place("last_verified")
    tried = "try it, correct it, and write the day below last_verified:"
    if checked is None:
        yield Problem(
            "R260", "warning", f"nobody says when {what} was last checked", place,
            "the day on which someone tried it", f"last_verified: {day.isoformat()}",
        )  # fmt: skip
    elif checked > day:
        what = f"{what} is said to have been checked on {checked.isoformat()}, which is still to come"
        yield Problem("R260", "warning", what, place, "the day on which someone tried it", tried)
    elif (day - checked).days > OLD:
        code, most = ("R260", TOO_OLD) if (day - checked).days > TOO_OLD else ("Y121", OLD)
        ago = f"{what} was last checked {(day - checked).days} days ago"
        yield Problem(code, "warning", ago, place, f"at most {most} days", tried)


# ----------------------------------------------------------- read for safety


def _unread_for_safety(settings: Settings, curriculum: Curriculum, day: date) -> Iterator[Problem]:
    unread = [
        name
        for name, module in curriculum.modules.items()
        if module.owed_safety_review and name not in settings.reviewed
    ]
    if unread:
        named = ", ".join(unread[:3]) + (" and others" if len(unread) > 3 else "")
        said = "".join(f"\n  {name}: {{by: …, on: {day.isoformat()}}}" for name in unread)
        yield Problem(
            "R261", "warning", f"no safeguarding lead has read what learners most depend on: {named}",
            settings.place("reviewed"), "who has read each of these modules for safety, and when",
            f"have yours read them, and write\nreviewed:{said}",
        )  # fmt: skip
    there = {*curriculum.modules, *curriculum.left_out, *curriculum.withheld}
    for name, review in settings.reviewed.items():
        if name not in there:
            yield Problem(
                "R240", "error", f"there is no module {quoted(name)} to have been read{nearest(name, curriculum.modules)}",
                settings.place("reviewed", name, key=True), "a module that the site shows",
                "correct the name, or delete it from reviewed",
            )  # fmt: skip
        elif review.on > day:
            yield Problem(
                "R261", "warning", f"the module {quoted(name)} is said to have been read on {review.on.isoformat()}, which is still to come",
                review.place("on"), "the day on which someone read it", "correct the day",
            )  # fmt: skip


# ---------------------------------------------------------------- local facts


def _unfilled_slots(settings: Settings, curriculum: Curriculum) -> Iterator[Problem]:
    values = slot_values(settings.organisation)
    for slot in SLOTS:
        users = [name for name, module in curriculum.modules.items() if slot in module.outline.requires_local]
        if users and not values[slot]:
            yield Problem(
                "Y122", "warning", f"the local fact {quoted(slot)} is not filled in, and {_modules(users)} it",
                settings.organisation.place(), "a value in the settings", FIXES[slot],
            )  # fmt: skip


def _modules(users: list[str]) -> str:
    return f"the module {users[0]} uses" if len(users) == 1 else f"{len(users)} modules use"


FIXES: dict[str, str] = {
    "organisation.name": "organisation:\n  name: …",
    "organisation.safeguarding.name": "support:\n  safeguarding_lead: {name: …, how: …}",
    "organisation.safeguarding.how": "support:\n  safeguarding_lead: {name: …, how: …}",
    "organisation.coordinator.name": "support:\n  coordinator: {name: …, how: …}",
    "organisation.coordinator.how": "support:\n  coordinator: {name: …, how: …}",
    "organisation.emergency.how": "support:\n  emergency: {label: …, how: …}",
    "organisation.jurisdiction": "support:\n  jurisdiction: …",
    "organisation.out_of_hours": "support:\n  out_of_hours: …",
    "organisation.complaints": "support:\n  complaints: …",
}


# --------------------------------------------------------------------- modules


def _no_address(settings: Settings) -> Iterator[Problem]:
    """The page for what is missing is served at any depth, so its addresses start at the top of the host."""
    if settings.release:
        yield Problem(
            "M117",
            "warning",
            "without site_url, the page for what is missing has no style where the site stands below a folder",
            Place(FILE),
            "site_url, the address at which the site will stand",
            "site_url: https://learn.riverside.example/",
        )


def _shared_address(url: str, place: Place) -> Iterator[Problem]:
    """What the browser keeps belongs to scheme, host and port, whatever the path (HTML Standard, origin)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return  # `configuration.py` says so
    host = parts.hostname or ""  # without one, it is no address either
    if host and (parts.path.strip("/") or host.endswith(SHARED_HOSTS)):
        yield Problem(
            "Y123",
            "warning",
            f"other pages of {quoted(host)} can read what learners write",
            place,
            "an address that serves only this site, such as https://learn.example.org/",
            "see the page “Hosting the site”; or waive Y123 in lint: with the reason",
        )


def _useless_keys(settings: Settings, address: str) -> Iterator[Problem]:
    organisation, statements = settings.organisation, settings.organisation.statements
    keys = statements.keys
    if keys and not address.startswith("https://"):
        yield Problem(
            "R273", "error", "there are keys for statements, and no address at which anybody could ask for them",
            statements.place("keys"), "site_url, the address of the site, with https",
            "add site_url: with the address at which the site will stand",
        )  # fmt: skip
    if keys and not organisation.name:
        yield Problem(
            "R273", "error", "there are keys for statements, and no organisation in whose name they sign",
            statements.place("keys"), "the name of the organisation", "organisation:\n  name: …",
        )  # fmt: skip
    for index, modulus in enumerate(keys):
        trouble = "stands here twice" if modulus in keys[:index] else "" if is_whole(modulus) else "is not whole"
        if trouble:
            yield Problem(
                "R273", "error", f"the key that begins with {quoted(modulus[:12])} {trouble}",
                statements.place("keys", index), "the line that alongside statements new-key has said, once",
                "delete it, or copy that line again",
            )  # fmt: skip


def _store(settings: Settings, address: str) -> Iterator[Problem]:
    """What keeps a store of records from being told anything, or learners from knowing by whom."""
    store = settings.xapi
    if store is None:
        return
    local = store.origin.startswith("http://")
    if not address.startswith("https://") and not (local and address):
        yield Problem(
            "R274", "error", "there is a store of records, and no address of the site, by which it would know what was finished",
            settings.place("xapi", key=True), "site_url, the address of the site, with https",
            "add site_url: with the address at which the site will stand",
        )  # fmt: skip
    if not settings.organisation.name:
        yield Problem(
            "R274", "error", "there is a store of records, and learners are not told whose it is",
            settings.place("xapi", key=True), "the name of the organisation", "organisation:\n  name: …",
        )  # fmt: skip
    if bool(store.key) != bool(store.secret):
        there, missing = ("key", "secret") if store.key else ("secret", "key")
        yield Problem(
            "R274", "error", f"the store of records has a {there} and no {missing}",
            store.place(there), "both of them, or neither", f"add {missing}:, or delete {there}:",
        )  # fmt: skip
    if local and settings.release:
        yield Problem(
            "R274", "error", "the store of records is on this computer, where no learner can reach it",
            store.place("endpoint"), "an address with https", "endpoint: https://lrs.riverside.example/xapi/",
        )  # fmt: skip
    if store.key and store.secret:
        yield Problem(
            "R275", "warning", "the key of the store of records stands in every page, where everybody can read it",
            store.place("key"), "no key, or one that may write statements and can read none",
            "have a relay of your own add the key; or waive R275 in lint: with the reason",
        )  # fmt: skip


def _short_paths(settings: Settings, curriculum: Curriculum) -> Iterator[Problem]:
    for name, path in settings.paths.items():
        for found in missing_before_first_meeting(name, path, curriculum):
            yield Problem("Y137", "warning", found.message, found.place, found.expected, found.fix)


def _unknown_modules(settings: Settings, curriculum: Curriculum) -> Iterator[Problem]:
    known = curriculum.modules
    there = {*known, *curriculum.left_out, *curriculum.waiting, *curriculum.withheld}
    for index, name in enumerate(settings.leave_out):
        if name not in there:
            yield Problem(
                "R240",
                "error",
                f"there is no module {quoted(name)} to leave out{nearest(name, there)}",
                settings.place("leave_out", index),
                "a module that the site would show",
                "correct the name, or delete it from leave_out",
            )
    for path in settings.paths.values():
        for index, name in enumerate(path.modules):
            if name not in known and name not in curriculum.withheld:
                yield Problem(
                    "R240",
                    "error",
                    f"there is no module {quoted(name)}{nearest(name, known)}",
                    path.place("modules", index),
                    "a module that the site shows",
                    "correct the name, or delete it from the track",
                )
    left_out = set(settings.leave_out)
    for module in known.values():
        for name in module.outline.requires:
            if name in left_out:
                yield Problem(
                    "R241",
                    "warning",
                    f"the module {quoted(module.id)} requires {quoted(name)}, which this site leaves out",
                    settings.place("leave_out"),
                    "modules whose prerequisites are there",
                    f"take {name} out of leave_out:, or leave out {module.id} as well",
                )


enter(Rule("M117", "no-address", "warning", "settings"))
enter(Rule("Y120", "support-config-missing", "warning", "settings", at_release=True))
enter(Rule("Y121", "support-stale", "warning", "settings"))
enter(Rule("Y122", "unfilled-slot", "warning", "settings", at_release=True))
enter(Rule("Y123", "shared-address", "warning", "settings"))
enter(Rule("R260", "support-unchecked", "warning", "settings", at_release=True))
enter(Rule("R261", "unread-for-safety", "warning", "settings", at_release=True))
enter(Rule("R273", "useless-statement-key", "error", "settings"))
enter(Rule("R274", "store-of-records-unreachable", "error", "settings"))
enter(Rule("R275", "public-key-of-store", "warning", "settings"))
enter(Rule("R240", "unknown-module-in-settings", "error", "settings"))
enter(Rule("R241", "required-module-left-out", "warning", "settings"))
