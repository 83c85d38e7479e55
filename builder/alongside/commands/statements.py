"""`alongside statements`: keys, and what is signed and checked with them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn

import click

from alongside.authoring.scaffold import ScaffoldError
from alongside.build import gather_sound
from alongside.commands.options import CONFIG
from alongside.commands.sharing import near, not_sound, refuse
from alongside.commands.terminal import FAILED, PROBLEMS, say
from alongside.files import door
from alongside.files.edits import put_over
from alongside.files.installation import to_install
from alongside.files.names import Names
from alongside.files.paths import real
from alongside.files.problems import ContentError, nearest, printable, quoted
from alongside.load.project import Project, open_project
from alongside.model.curriculum import Curriculum
from alongside.model.settings import EMAIL
from alongside.model.statement_keys import key_url, thumbprint
from alongside.render.index import known_modules
from alongside.render.record_summary import statement_page
from alongside.reports import signing
from alongside.reports.records import LONGEST_WORD, TWICE, Handed, Summary, read_all, read_one
from alongside.reports.statements import (
    Achievement,
    Issuer,
    NotHeldError,
    Stated,
    credential,
    doubts_for,
    shared_files,
    stated,
)
from alongside.words.language import Words
from alongside.words.translations import read_words

COURSE, PATH = "course", "paths/"
#: What of the name of a file goes into the name of another.
PLAIN = re.compile(r"[^a-z0-9]+")
LONGEST_STEM = 40


@click.group()
def statements() -> None:
    """Sign what learners have finished, on this computer, with a key of your own; or check what was signed."""
    if not signing.there():
        refuse(ScaffoldError("this needs joserfc, which is not installed", to_install("joserfc", "sign")))


# ------------------------------------------------------------------------ keys


@statements.command("new-key", short_help="Make a key to sign with.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@CONFIG
def new_key(file: Path, *, configuration: Path) -> None:
    """Make a private key in FILE, outside of the site, and say what others need to check what it signs."""
    path = real(file.parent) / file.name
    _refuse_place(path, configuration)
    key = signing.new_key()
    try:
        signing.write_key(path, key)
    except FileExistsError:
        refuse(ScaffoldError(f"{path} is there already", "name another file: what a key has signed needs that key"))
    except OSError as error:
        refuse(
            ScaffoldError(f"nothing was written: {error.strerror or error}", "name a file in a folder that is there")
        )
    say(f"written  {printable(near(path))}")
    say(
        "\nWhoever has this file can sign in your name. Nobody else may have it: keep it and a copy where you keep other keys,"
        "\nand never in the folder of the site.\n"
        "\nThis part of it is for everybody. Put it into the settings of the site, and publish the site:\n"
        f'\n    organisation:\n      statements:\n        keys:\n          - "{key["n"]}"'
    )


def _refuse_place(path: Path, configuration: Path) -> None:
    """Ends the command where a private key would go out with a site or into a repository."""
    site = real(configuration.parent) if configuration.is_file() else None
    for folder in path.parents:
        if folder == site or (folder / "mkdocs.yml").is_file() or os.path.lexists(folder / ".git"):
            refuse(
                ScaffoldError(
                    f"{path} stands in {folder}, which is a site or a repository, and could be published with it",
                    f"name a file elsewhere: {Path.home() / 'statement-key.json'}",
                )
            )


# ------------------------------------------------------------------------ sign


@dataclass(frozen=True)
class _Signing:
    """The key, and what is said with it."""

    key: dict[str, str]
    issuer: Issuer
    achievement: Achievement
    project: Project
    words: Words
    email: str
    until: date | None

    def of(self, one: Handed, name: str, now: datetime) -> tuple[bytes, Stated]:
        """A record as a signed statement, and what it says. Raises `KeyRefusedError`."""
        payload = credential(
            one, self.achievement, self.issuer, name=name, email=self.email, now=now, until=self.until,
            language=self.words.language, say=self.words.gettext,
        )  # fmt: skip
        return signing.signed(payload, self.key, self.issuer.address), stated(payload, now)


def _email(_: click.Context, __: click.Parameter, value: str) -> str:
    if value and not (re.fullmatch(EMAIL, value) and len(value) <= LONGEST_WORD):
        raise click.BadParameter(f"{quoted(value)} is no address for email.")
    return value


@statements.command(short_help="Sign for records that learners handed in.")
@click.argument("records", type=click.Path(path_type=Path), metavar="RECORDS")
@click.option("--key", "key_file", type=click.Path(path_type=Path), required=True, help="The file of your private key.")
@click.option(
    "--for", "what", required=True, metavar="WHAT",
    help="What was finished: the id of a module, paths/ and the id of a track, or course for all modules.",
)  # fmt: skip
@click.option("--name", default="", help="Whose record it is, if not the name that it says. For one file only.")
@click.option("--email", default="", callback=_email, help="Their address, as wallets ask for it. For one file only.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day on which it holds. Usually there is none."
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder for the files. Usually RECORDS-signed, beside RECORDS."
)
@click.option("--replace", "over", is_flag=True, help="Write over what was signed of the same records before.")
@CONFIG
def sign(  # noqa: PLR0913  # what can be said of a statement
    records: Path,
    *,
    key_file: Path,
    what: str,
    name: str,
    email: str,
    until: datetime | None,
    out: Path | None,
    over: bool,
    configuration: Path,
) -> None:
    """Sign for what learners say they have finished: a file that wallets read, and a page to print, of each record in RECORDS.

    RECORDS is a file that a learner saved on the page “Completion record”, or a folder of such files.
    Only records that hold are signed: a checksum that fits, this site, everything finished in the version of now.
    """
    single = records.is_file()
    if not single and not records.is_dir():
        refuse(
            ScaffoldError(
                f"there is no file or folder {quoted(str(records))}", "name a record file, or a folder of them"
            )
        )
    if (name or email) and not single:
        refuse(ScaffoldError("--name and --email are of one person", "name one record file instead of a folder"))
    if until and until.date() <= datetime.now(UTC).date():
        refuse(ScaffoldError("the last day on which it holds is over", "a day to come with --until"))
    signer, summary = _read(records, key_file, what, email, until.date() if until else None, configuration)
    folder = out or real(records).with_name(f"{real(records).stem if single else real(records).name}-signed")
    files = _all_signed(summary, signer, _plain(name), folder)
    taken = [
        path for path in files if os.path.lexists(path) and not (over and path.is_file() and not path.is_symlink())
    ]
    if taken:
        refuse(ScaffoldError(f"{taken[0]} is there already", "name another folder with --out, or write over what is there with --replace"))  # fmt: skip
    try:
        put_over(files)
    except OSError as error:
        say(printable(f"nothing was written: {error.strerror or error}"), err=True)
        sys.exit(FAILED)
    for path in files:
        say(f"written  {printable(near(path))}")
    if len(files) < 2 * (len(summary.handed) + len(summary.refused)):
        sys.exit(PROBLEMS)


def _read(  # noqa: PLR0913, PLR0917  # as above
    records: Path, key_file: Path, what: str, email: str, until: date | None, configuration: Path
) -> tuple[_Signing, Summary]:
    try:
        project, curriculum = gather_sound(configuration, learners=True)
    except ContentError as error:
        not_sound(error)
    key = _key(key_file, private=True)
    issuer = _issuer(project, key["n"])
    words, _ = read_words(curriculum.language, project.theme_folders)
    achievement = _achievement(what, project, curriculum)
    today = date.today()  # noqa: DTZ011  # the day of whoever signs
    read = read_one if records.is_file() else read_all
    summary = read(real(records), known_modules(curriculum, words), project.site_name, today)
    return _Signing(key, issuer, achievement, project, words, email, until), summary


def _key(path: Path, *, private: bool) -> dict[str, str]:
    try:
        return signing.read_key(real(path), private=private)
    except signing.KeyRefusedError as error:
        fix = (
            f"chmod 600 {path}"
            if "others" in str(error)
            else "name the file that alongside statements new-key has written"
        )
        refuse(ScaffoldError(f"{quoted(str(path))} is not used: {error}", fix))


def _issuer(project: Project, modulus: str) -> Issuer:
    """Who signs. Ends the command where nobody could find out who that is, or check it."""
    address, name = project.whole_address, project.settings.organisation.name
    if not address.startswith("https://"):
        refuse(ScaffoldError("a statement names the address of the site, and there is none with https", "site_url: https://learn.riverside.example/"))  # fmt: skip
    if not name:
        refuse(
            ScaffoldError(
                "a statement names who signs it, and the organisation has no name", "organisation:\n  name: …"
            )
        )
    if modulus not in project.settings.organisation.statements.keys:
        refuse(
            ScaffoldError(
                "the site does not publish this key, so nobody could check what it signs",
                f'organisation:\n  statements:\n    keys: ["{modulus}"]',
            )
        )
    return Issuer(address, name)


def _achievement(what: str, project: Project, curriculum: Curriculum) -> Achievement:
    """What was named. Ends the command where the site has nothing of that name."""
    modules, course = curriculum.modules, curriculum.outline.title
    paths = {**curriculum.paths, **project.settings.paths}

    def versions(names: Iterable[str]) -> dict[str, tuple[str, str]]:
        return {name: (modules[name].title, modules[name].outline.version) for name in names if name in modules}

    if what in modules:
        return Achievement(f"{what}/", modules[what].title, versions([what]), is_module=True, course=course)
    if what == COURSE:
        return Achievement("#course", course, versions(modules), is_module=False, course=course)
    name = what.removeprefix(PATH)
    if what.startswith(PATH) and name in paths and versions(paths[name].modules):
        path = paths[name]
        return Achievement(f"{what}/", path.title, versions(path.modules), is_module=False, course=course)
    return _no_such([*modules, *(f"{PATH}{one}" for one in paths), COURSE], what)


def _no_such(known: list[str], what: str) -> NoReturn:
    refuse(
        ScaffoldError(
            f"there is no {quoted(what)} to have finished{nearest(what, known)}",
            f"--for with one of these: {', '.join(known)}",
        )
    )


def _plain(name: str) -> str:
    return " ".join(printable(name).split())[:LONGEST_WORD]


def _all_signed(summary: Summary, signer: _Signing, given: str, folder: Path) -> dict[Path, bytes]:
    """The files of all statements by their paths. Says which records are not signed for, and why."""
    files: dict[Path, bytes] = {}
    names, shared, now = Names(), shared_files(summary.handed, TWICE), datetime.now(UTC)
    for one in summary.handed:
        name = given or one.name
        doubts = list(doubts_for(one, signer.achievement, name, shared))
        for doubt in doubts:
            say(printable(f"refused  {one.file}: {signer.words.gettext(doubt.message, **doubt.values)}"), err=True)
        if doubts:
            continue
        try:
            token, said = signer.of(one, name, now)
        except signing.KeyRefusedError as error:
            refuse(
                ScaffoldError(
                    f"the key is not used: {error}", "name the file that alongside statements new-key has written"
                )
            )
        stem = names.free(f"{_stem(one.file)}-{said.id.rpartition(':')[2][:8]}")
        names.take(stem)
        key = f"{signer.issuer.address}{key_url(signer.key['n'])}"
        page = statement_page(
            said, f"{stem}.jwt", key, signer.project.site_name, signer.project.template_folders, signer.words
        )
        files |= {folder / f"{stem}.jwt": token, folder / f"{stem}.html": page}
    for file, why in summary.refused:
        say(printable(f"refused  {file}: {why}"), err=True)
    return files


def _stem(file: str) -> str:
    """A part of a name for what comes of a file, whatever that one is called."""
    return PLAIN.sub("-", file.casefold().removesuffix(".json")).strip("-")[:LONGEST_STEM].strip("-") or "record"


# ----------------------------------------------------------------------- verify


@statements.command(short_help="See whether signed statements hold.")
@click.argument("files", type=click.Path(path_type=Path), metavar="FILE…", nargs=-1, required=True)
@click.option(
    "--key", "key_files", type=click.Path(path_type=Path), multiple=True,
    help="The file of a public key that you rely on, from the site of whoever signed. Usually those of this site.",
)  # fmt: skip
@CONFIG
def verify(files: tuple[Path, ...], *, key_files: tuple[Path, ...], configuration: Path) -> None:
    """See whether signed statements hold, and say what they state. Nothing is fetched.

    Without --key it has to be signed with a key in the settings of this site, and for this site.
    """
    keys, address = _relied_on(key_files, configuration)
    now, held = datetime.now(UTC), True
    for file in files:
        try:
            payload, modulus = signing.checked(_token(file), keys)
            said = stated(payload, now, address)
        except NotHeldError as error:
            say(printable(f"does not hold  {near(file)}: {error}"))
            held = False
            continue
        say(printable(f"holds  {near(file)}"))
        for label, value in _lines(said, modulus).items():
            say(printable(f"    {label + ':':<12} {value}"))
    if not held:
        sys.exit(PROBLEMS)


def _relied_on(key_files: tuple[Path, ...], configuration: Path) -> tuple[list[str], str | None]:
    """The keys to check with, and the address that has to be named; none where keys were named."""
    if key_files:
        return [_key(path, private=False)["n"] for path in key_files], None
    try:
        project, _ = open_project(configuration)
    except ContentError as error:
        not_sound(error)
    keys = list(project.settings.organisation.statements.keys)
    if not keys:
        refuse(ScaffoldError("this site publishes no key", "--key with the file of a public key that you rely on"))
    return keys, project.whole_address


def _token(file: Path) -> bytes:
    try:
        return door.read(real(file), signing.LARGEST + 1)
    except OSError as error:
        raise NotHeldError(f"it cannot be read: {error.strerror or 'it is no ordinary file'}") from None


def _lines(said: Stated, modulus: str) -> Mapping[str, str]:
    def filled() -> Iterator[tuple[str, str]]:
        yield "who", f"{said.who} <{said.email}>" if said.email else said.who
        yield "finished", said.what
        yield "on", said.on
        yield "signed by", f"{said.issuer.name}, {said.issuer.address}"
        yield "signed on", said.since
        yield "holds until", said.until
        yield "key", thumbprint(modulus)
        yield "what it is", said.about
        yield "rests on", f"{said.narrative} {said.evidence}"

    return {label: value for label, value in filled() if value}
