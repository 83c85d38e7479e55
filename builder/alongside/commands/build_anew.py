"""What `alongside build` does where something has changed."""

from __future__ import annotations

import sys
from datetime import date

from alongside.build import build_site
from alongside.commands.options import Build
from alongside.commands.sharing import not_sound, remember
from alongside.commands.terminal import FAILED, FINE, Progress, say
from alongside.engines.compressed import kinds
from alongside.engines.publish import state_of
from alongside.files.installation import to_install
from alongside.files.problems import BuildError, ContentError, count, printable
from alongside.files.unchanged import Outcome
from alongside.rules.release import is_unfinished

#: What a check counts and a build does not, since the same files make the same site on every day.
NOT_ASKED = "Reviews that are overdue are not counted here."


def build_anew(asked: Build, today: date) -> Outcome:
    """Builds the site and says how it went."""
    progress = Progress(quiet=asked.quiet)
    try:
        place, site, problems = build_site(
            asked.configuration, asked.site_dir, progress,
            strict=asked.strict, release=asked.release, cached=asked.cached, compressed=asked.compressed,
        )  # fmt: skip
    except ContentError as error:
        progress.end()
        not_sound(error)
    except BuildError as error:
        progress.end()
        say(f"The site was not built: {printable(str(error))}", err=True)
        sys.exit(FAILED)
    progress.end()
    if asked.release:
        remember(asked.configuration, today, cached=asked.cached)
    said = []
    warnings = [problem for problem in problems if problem.severity == "warning"]
    if warnings:
        said.append(f"{count(warnings)}, which alongside check shows. {NOT_ASKED}")
        unready = sum(is_unfinished(problem) for problem in warnings)
        if unready:
            said.append(
                f"{unready} of them say that the site is not ready for learners: with --release it would not be built."
            )
    said.append(f"{len(site.pages)} pages in {printable(str(place))}")
    if asked.compressed and ".br" not in kinds():
        said.append(
            "Texts are there as .gz too. There is no .br, since the package brotli is not installed: "
            + to_install("brotli", "brotli")
        )
    written = str(place), state_of(place)
    return Outcome(tuple((text, False) for text in said), FINE, tuple(map(str, site.read)), written)
