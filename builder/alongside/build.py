"""The flat order of work, from top to bottom: gather everything, report everything, then render and write."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from alongside.compare.changes import Changes, compare, compared, edition, lost_ids
from alongside.compare.history import HistoryError, read_at
from alongside.compare.published import PUBLISHED, published, remembered
from alongside.engines.publish import reader_of
from alongside.engines.writing import target_of, write
from alongside.files import door
from alongside.files.cache import NO_CACHE, Cache
from alongside.files.edits import put_over
from alongside.files.garbage import without_collection
from alongside.files.paths import real
from alongside.files.problems import BuildError, ContentError, Problem, in_order, quoted
from alongside.load.cohorts import MARK, Files, kept_versions, mark_of
from alongside.load.content import load_files, load_texts
from alongside.load.curriculum import load_curriculum
from alongside.load.dependencies import Dependencies
from alongside.load.drafts import without_drafts, without_pages
from alongside.load.modules import Memory
from alongside.load.news import news
from alongside.load.originals import looked_at, with_new_addresses
from alongside.load.project import Project, bundled_root, not_there, open_project
from alongside.model.curriculum import REGISTRIES, Curriculum
from alongside.render.addresses import claims, clashes
from alongside.render.link_check import check_links
from alongside.render.offline import WORKER, offline_assets
from alongside.render.page import Asset, Page
from alongside.render.search import search_assets
from alongside.render.site import Site, SiteRenderer
from alongside.render.text_check import check_texts
from alongside.rules import RULES, RULES_BY_CODE
from alongside.rules.engine import after_waivers, check_curriculum, findings, not_waived
from alongside.rules.files.reviews import overdue_reviews
from alongside.rules.language.unfinished import unfinished_files, unfinished_settings
from alongside.rules.references.drafts import left_out_drafts
from alongside.rules.references.freshness import overdue_rechecks
from alongside.rules.release import breaks, judged
from alongside.rules.rule import Rule
from alongside.rules.safety.settings import check_settings
from alongside.rules.waivers import FIRM
from alongside.words.translations import read_words

#: Called with what is being done, how much of it is done and how much there is.
Progress = Callable[[str, int, int], None]


def _silent(what: str, done: int, total: int) -> None:
    del what, done, total


# ------------------------------------------------------------- the order of work


@without_collection()
def build_site(  # noqa: PLR0913  # who asks, and what for
    configuration: Path,
    site_dir: Path | None = None,
    progress: Progress = _silent,
    *,
    strict: bool = False,
    release: bool = False,
    cached: bool = False,
    compressed: bool = False,
    cohort: str = "",
) -> tuple[Path, Site, list[Problem]]:
    """Builds the site and puts it in place as a whole, its texts `compressed` as well. Returns where it is and what was noticed.

    If it may be `cached`, what an earlier run made of modules that are as they were is used again, and this one's kept.
    With `cohort` it is the version for one of the cohorts in the settings.
    """
    gathered = gather(configuration, progress, release=release, cached=cached, cohort=cohort)
    site, problems = _made(gathered, progress, strict=strict, target=target_of(gathered.project, site_dir))
    progress("Writing the site", 0, 0)
    return write(gathered.project, site, site_dir, gathered.cache, compressed=compressed), site, problems


def note_release(configuration: Path, today: date, *, cached: bool = False) -> tuple[Changes | None, date | None]:
    """Remembers that the site as it is now was made for learners. Returns what changed since the last time, and when that was.

    What a build has just read is not read again if it may be `cached`.
    Raises `ContentError` where the files, or what was remembered, cannot be read, and `OSError` where the disk refuses.
    """
    gathered = gather(configuration, rules=(), learners=True, cached=cached)
    try:
        changes, day = changes_since_published(configuration, gathered)
    except HistoryError:  # the first time
        changes, day = None, None
    note_published(configuration, gathered, today)
    return changes, day


def prepare(  # noqa: PLR0913  # who asks, and what for
    configuration: Path,
    progress: Progress = _silent,
    *,
    strict: bool = False,
    by_mkdocs: bool = False,
    preview: bool = False,
    release: bool = False,
    cached: bool = False,
) -> tuple[Project, Site, list[Problem]]:
    """The site, ready to be written, with what was noticed that does not keep it from being built.

    With `strict` warnings keep it from being built, and in a `preview` what is only unfinished does not.
    Raises `ContentError` with everything that must be mended first.
    """
    gathered = gather(configuration, progress, by_mkdocs=by_mkdocs, release=release, cached=cached, preview=preview)
    return gathered.project, *_made(gathered, progress, strict=strict, preview=preview)


def _made(
    gathered: Gathered,
    progress: Progress,
    *,
    strict: bool = False,
    preview: bool = False,
    target: Path | None = None,
) -> tuple[Site, list[Problem]]:
    """The site that was gathered, with what was noticed, to be written at the `target`; the rest as in `prepare`."""
    problems = gathered.problems
    _stop_at(problems, strict=strict, preview=preview)
    assert gathered.curriculum is not None, "without a curriculum there is an error"
    if not gathered.curriculum.modules:
        raise BuildError("there is no module to build. Start one with: alongside new module my-module")
    project = gathered.project
    found, cache = gathered.found, gathered.cache
    renderer = SiteRenderer(
        gathered.curriculum, project.settings, project.template_folders, found, cache, preview=preview
    )
    pages = []
    total = sum(len(module.lessons) + 5 for module in gathered.curriculum.modules.values())
    for page in renderer.pages():
        pages.append(page)
        progress("Rendering pages", len(pages), max(total, len(pages)))
    try:
        site = whole_site(project, renderer, pages, cache, target)
        site = replace(site, versions=tuple(_beside(gathered.versions)))
    except OSError as error:  # a file has gone since it was found
        raise BuildError(f"{quoted(str(error.filename))} cannot be read: {error.strerror or error}") from error
    tops = [Asset(f"{name}/", content=b"") for name in project.settings.cohorts]
    problems = in_order([*problems, *check_links(site.pages, [*site.assets, *tops]), *check_texts(site.pages)])
    _stop_at(problems, strict=strict, preview=preview)
    return site, problems


def _beside(versions: Mapping[str, Files]) -> Iterator[Asset]:
    """The files of earlier versions, each in its folder."""
    for name, files in versions.items():
        yield from (Asset(f"{name}/{file}", content=content) for file, content in files.items())


@without_collection()
def gather(  # noqa: PLR0913  # who asks, and what for
    configuration: Path,
    progress: Progress = _silent,
    rules: Sequence[Rule] = RULES,
    memory: Memory | None = None,
    *,
    by_mkdocs: bool = False,
    today: date | None = None,
    release: bool = False,
    cached: bool = False,
    preview: bool = False,
    learners: bool | None = None,
    cohort: str = "",
) -> Gathered:
    """Reads everything that the site is made of, and checks it by `rules`. `memory` spares files that did not change.

    Whether reviews of modules and sources are overdue is asked only where it is said what day it is: no build depends on that. With `by_mkdocs` it is MkDocs that was started, and obeys all of the configuration already. With `release` it is judged as with `release: true`, whatever the settings say.
    Learners get no drafts: a release that is no `preview` leaves them out. `learners` says whether to, whatever is judged:
    what is remembered, counted or handed out is the same with `--release` as with `release: true`. `cached` and `cohort` as for `build_site`.
    Raises `ContentError` where the configuration itself cannot be read.
    """
    project, problems = open_project(configuration, by_mkdocs=by_mkdocs)
    if release:
        project = replace(project, settings=project.settings.model_copy(update={"release": True}))
    if cohort:
        project = project.made_for(cohort)
    # A preview shows no versions, and every edit waits for it.
    versions, found = ({}, []) if preview else kept_versions(project)
    problems += found
    if learners is None:
        learners = project.settings.release and not preview
    progress("Reading modules", 0, 0)
    before = _dependencies(project, configuration) if cached else None
    readings = before.readings() if before else NO_CACHE
    curriculum, found = load_curriculum(project.layers, project.settings.leave_out, memory, readings)
    problems += with_new_addresses(project.layers, found)
    problems += looked_at(project.layers)
    pages, found = load_texts(project.content_folders)
    files = load_files(project.content_folders)
    problems += found
    of_rules: list[Problem] = []
    unread = _files_with_errors(problems)
    cache = NO_CACHE
    whole = None
    if curriculum:
        curriculum = replace(curriculum, pages=pages, files=files)
        curriculum = without_pages(curriculum, set(project.settings.leave_out_pages))
        whole = curriculum
        if learners:
            problems += left_out_drafts(curriculum)
            curriculum = without_drafts(curriculum, project.settings.organisation)
        progress("Checking", 0, 0)
        cache = before.cache(curriculum) if before else NO_CACHE
        of_rules = findings(curriculum, rules, cache=cache)
        problems += [p for p in after_waivers(of_rules, curriculum, rules) if _holds(p, unread)]
        problems += _clashes(project, curriculum)
        problems += _translations(project, curriculum.language)
        if configuration.name not in unread:
            found = check_settings(project.settings, curriculum, address=project.address)
            problems += [problem for problem in found if _holds(problem, unread)]
        if today:
            due = overdue_reviews(curriculum, today) + overdue_rechecks(curriculum, today)
            problems += not_waived(due, curriculum)
    problems += [*unfinished_settings(project.written), *unfinished_files(_own_theme(project))]
    problems = judged(problems, release=project.settings.release)
    unread_files = frozenset(unread)
    return Gathered(
        project, curriculum, in_order(problems), unread_files, tuple(of_rules), cache, learners, whole, versions
    )


@dataclass(frozen=True)
class Gathered:
    """Everything that was read, and everything that is wrong with it."""

    project: Project
    curriculum: Curriculum | None
    problems: list[Problem]
    #: Files that could not be read, or not as a whole.
    unread: frozenset[str] = frozenset()
    #: What the rules found, whatever waivers say.
    found: tuple[Problem, ...] = ()
    #: What was made of modules before, and where more of it is kept.
    cache: Cache = NO_CACHE
    #: Whether it is what learners get, without drafts.
    learners: bool = False
    #: The curriculum with its drafts.
    whole: Curriculum | None = None
    #: Earlier versions of the course that stand beside this one, the files of each by the name of its cohort.
    versions: Mapping[str, Files] = field(default_factory=dict)


def _dependencies(project: Project, configuration: Path) -> Dependencies | None:
    """What modules depend on; `None` where it cannot all be read, so that nothing is kept."""
    try:
        return Dependencies(project, configuration)
    except OSError:  # what it is, whoever reads it next says
        return None


def _own_theme(project: Project) -> Iterator[tuple[Path, str]]:
    """Files of theme folders that are not ours, and how messages call them."""
    for folder in project.theme_folders:
        if folder != bundled_root() / "theme":
            yield from ((path, project.label_of(path)) for path in door.below(folder).files)


def _clashes(project: Project, curriculum: Curriculum) -> list[Problem]:
    """Addresses that two things would have, and addresses of before that lead nowhere."""
    renderer = SiteRenderer(curriculum, project.settings, project.template_folders)
    return [*clashes(claims(project, curriculum, renderer)), *renderer.wrong_redirects()]


def _translations(project: Project, language: str) -> Iterator[Problem]:
    """What is wrong with translations into the language of the site."""
    for problem in read_words(language, project.theme_folders)[1]:
        yield replace(problem, place=replace(problem.place, file=project.label_of(Path(problem.place.file))))


def _files_with_errors(problems: Iterable[Problem]) -> set[str]:
    return {p.place.file for p in problems if p.severity == "error" and p.code not in READABLE}


#: Errors in files that are understood all the same.
READABLE = frozenset({"L115", "L116", "L117", "L126"})


def _holds(problem: Problem, unread: set[str]) -> bool:
    """Whether a finding still holds with some files unread: what looks missing or unused may well be in them."""
    if problem.code in FIRM:
        return True
    scope = RULES_BY_CODE[problem.code].scope
    if scope == "curriculum" or problem.severity == "info":
        return not unread
    if problem.code.startswith("R") and any(NAMING.intersection(file.split("/")[-2:]) for file in unread):
        return False
    folders = {file.rpartition("/")[0] for file in unread}
    return scope != "module" or problem.place.file.rpartition("/")[0] not in folders


#: Files that others name things from, by their names or those of their folders.
NAMING = frozenset({"module.yml", "curriculum.yml", *REGISTRIES, *(f"{name}.yml" for name in REGISTRIES)})


def whole_site(
    project: Project,
    renderer: SiteRenderer,
    pages: list[Page],
    cache: Cache = NO_CACHE,
    target: Path | None = None,
) -> Site:
    """The site: its pages and files, the index of the search, and what makes it work without a connection.

    Files that are as they were at the `target`, where it will be written, are taken from there.
    """
    curriculum = renderer.curriculum
    before = reader_of(target) if target else None
    index = search_assets(pages, curriculum.glossary, curriculum.language, cache, before)
    addressed = () if project.cohort else renderer.addressed(project)
    assets = [*renderer.assets(project.theme_folders), *index, *addressed]
    if project.cohort:
        assets.append(Asset(MARK, content=mark_of(project.cohort[0])))
    worker = next(asset for asset in assets if asset.url == WORKER)
    assets.remove(worker)
    assets += offline_assets(
        project.site_name, project.settings.organisation, pages, assets,
        worker=worker.content or b"", wanted=project.settings.offline,
        cohort=project.cohort[0] if project.cohort else "", others=tuple(project.settings.cohorts),
    )  # fmt: skip
    return Site(project.site_name, tuple(pages), tuple(assets), project.settings.offline, read=project.read)


def _stop_at(problems: list[Problem], *, strict: bool, preview: bool) -> None:
    """Raises `ContentError` with the problems that must be mended before there can be a site."""
    stopping = [p for p in problems if p.severity == "error" or (strict and p.severity == "warning")]
    if preview and not breaks(problems):
        return
    if stopping:
        raise ContentError(stopping, [problem for problem in problems if problem not in stopping])


# ---------------------------------------------- other ways in, by the same steps


def gather_sound(configuration: Path, *, learners: bool | None = None) -> tuple[Project, Curriculum]:
    """The project and its curriculum, without asking the rules. `learners` as for `gather`.

    Raises `ContentError` with everything that keeps it from being understood.
    """
    gathered = gather(configuration, rules=(), learners=learners)
    if gathered.curriculum is None or breaks(gathered.problems):
        raise ContentError(gathered.problems)
    return gathered.project, gathered.curriculum


@without_collection()
def gather_ready(
    configuration: Path, progress: Progress = _silent, *, release: bool = False, cached: bool = False
) -> tuple[Project, Curriculum]:
    """The project and its curriculum with drafts, once the rules found no error in what learners get. The rest as in `gather`.

    Raises `ContentError` with everything that must be mended first.
    """
    gathered = gather(configuration, progress, release=release, learners=True, cached=cached)
    _stop_at(gathered.problems, strict=False, preview=False)
    assert gathered.whole is not None, "without a curriculum there is an error"
    return gathered.project, gathered.whole


def changes_since(revision: str, configuration: Path, gathered: Gathered) -> Changes:
    """What changed for learners since a revision.

    Raises `HistoryError` where the revision cannot be read, and `ContentError` where the files of now cannot.
    """
    before = read_at(revision, configuration, learners=gathered.learners)
    if before.curriculum is None:
        raise HistoryError(f"modules/curriculum.yml at {quoted(revision)} cannot be understood")
    if gathered.curriculum is None:
        raise ContentError(gathered.problems)
    files = gathered.unread | _files_with_errors(before.problems)
    modules = before.curriculum.modules.keys() | gathered.curriculum.modules.keys()
    changes = compare(before.curriculum, gathered.curriculum, _module_folders(files, modules))
    return replace(changes, unread_files=_of_no_module(files, modules), without_past=before.without_past)


def changes_since_published(configuration: Path, gathered: Gathered) -> tuple[Changes, date]:
    """What changed for learners since the site was last published, in all layers, and the day of that.

    Raises `HistoryError` where nothing is known of it, and `ContentError` where the files of now or what is known cannot be read.
    """
    before = published(real(configuration.parent))
    if gathered.curriculum is None:
        raise ContentError(gathered.problems)
    if before is None:
        raise HistoryError(
            f"there is no {PUBLISHED}, so nothing is known of what was last published; alongside diff --note remembers what there is now"
        )
    now, modules = gathered.curriculum, before.modules.keys() | gathered.curriculum.modules.keys()
    changes = compared(before.modules, edition(now), _module_folders(gathered.unread, modules))
    names = dict.fromkeys([*before.layers, *(layer.name for layer in gathered.project.layers)])
    layers = {layer.name: layer.version for layer in gathered.project.layers}
    versions = tuple((name, before.layers.get(name, ""), layers.get(name, "")) for name in names)
    return replace(
        changes,
        unread_files=_of_no_module(gathered.unread, modules),
        versions=tuple(one for one in versions if one[1] != one[2]),
        news=tuple(
            (layer.name, point)
            for layer in gathered.project.layers
            for point in news(layer, before.layers.get(layer.name, ""))
        ),
        waiting=tuple(one for one in now.waiting.items() if one[0] not in before.waiting),
    ), before.on


def note_published(configuration: Path, gathered: Gathered, today: date) -> Path:
    """Remembers what there is now as what was last published. Returns the file.

    Raises `ContentError` where not all of it can be read, and `OSError` where it cannot be written.
    """
    if gathered.curriculum is None or gathered.unread:
        raise ContentError(gathered.problems)
    site = real(configuration.parent)
    path = site / PUBLISHED
    content = remembered(gathered.curriculum, gathered.project.layers, today)
    put_over({path: content}, site)
    return path


def lost_since(revision: str, configuration: Path, gathered: Gathered) -> list[Problem]:
    """Ids that were changed or removed since a revision, so that saved work no longer finds its place. May raise `HistoryError`."""
    if gathered.curriculum is None:
        return []  # there is worse to mend first
    found = lost_ids(changes_since(revision, configuration, gathered), gathered.curriculum)
    return not_waived(found, gathered.curriculum)


def _module_folders(files: Iterable[str], modules: Container[str]) -> set[str]:
    """Ids of the modules that the files belong to. A folder of shared entries is none, unless a module has its name."""
    folders = (file.rpartition(":")[2].split("/") for file in files)
    named = {parts[1] for parts in folders if len(parts) > 2 and parts[0] == "modules"}  # noqa: PLR2004  # modules/, the folder, the file
    return {name for name in named if name in modules or name not in REGISTRIES}


def _of_no_module(files: Iterable[str], modules: Container[str]) -> tuple[str, ...]:
    """Those of the files that belong to no module."""
    return tuple(sorted(file for file in files if not _module_folders([file], modules)))


def serve_site(configuration: Path, host: str, port: int, say: Callable[[str], None], *, cached: bool = False) -> None:
    """Shows the site in the browser and follows the files until it is interrupted. `cached` as for `build_site`.

    Raises `ContentError` where there is no site.
    """
    from alongside.engines import preview  # noqa: PLC0415  # as above
    from alongside.engines.editing.editor import TOP  # noqa: PLC0415  # as above

    missing = not_there(configuration)
    if missing:
        raise ContentError([missing])  # there is nothing to follow
    memory: Memory = {}

    def started(url: str) -> None:
        say(f"Look at {url}")
        if urlsplit(url).hostname in {"localhost", "127.0.0.1", "::1"}:
            say(f"Change settings at {urljoin(url, TOP)}")

    preview.serve(
        preview.Preview(
            partial(_refresh, configuration, memory, cached=cached), say, configuration, partial(_judged, configuration)
        ),
        host,
        port,
        started,
    )


#: The rules that rendering relies on, which are asked first.
NEEDED = tuple(rule for rule in RULES if rule.can_stop and (rule.code[0] in "MRS" or rule.code in FIRM))


def _judged(configuration: Path, contents: Mapping[Path, bytes]) -> list[Problem]:
    """What would be wrong with the site if some files, by their whole paths, held something else; by the rules that are needed."""
    with door.proposed(contents):
        whole = real(configuration.parent) / configuration.name
        return gather(whole, rules=NEEDED, memory={}, preview=True).problems


def _refresh(
    configuration: Path, memory: Memory, pause: Callable[[], None], *, cached: bool = False
) -> Iterator[tuple[list[Problem], Project, SiteRenderer | None]]:
    """What there is to show, first by the rules that rendering relies on, then by the others, with a `pause` between any two."""
    gathered = gather(configuration, rules=NEEDED, memory=memory, cached=cached, preview=True)
    if breaks(gathered.problems) or gathered.curriculum is None or not gathered.curriculum.modules:
        yield gathered.problems, gathered.project, None
        return
    project = gathered.project
    renderer = SiteRenderer(
        gathered.curriculum, project.settings, project.template_folders, cache=gathered.cache, preview=True
    )
    yield gathered.problems, project, renderer
    others = tuple(rule for rule in RULES if rule not in NEEDED)
    found = check_curriculum(gathered.curriculum, others, pause, gathered.cache)
    found = judged(found, release=project.settings.release)
    yield in_order([*gathered.problems, *found]), project, None
