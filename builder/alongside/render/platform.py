"""The frame around a course in a package for learning platforms: the page that a platform opens, its script and its style.

Its parts stand in the folder `scorm` of the theme. The script is one file without modules, since some platforms give scripts out as something else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from alongside.files import door
from alongside.render.assets import PACKAGED, modules_of, packaged_files, script_source
from alongside.render.environment import failing
from alongside.render.policy import DIRECTIVES, written
from alongside.render.scripts import Scripts
from alongside.render.voice import Voice

#: The page that a platform opens, and what it loads.
START, SCRIPT, STYLE = "index.html", "shell.js", "shell.css"
#: Where the pages of the course stand beside it.
COURSE = "course/"


def frame_files(  # noqa: PLR0913  # what a frame is made of
    title: str,
    course: Mapping[str, Any],
    voice: Voice,
    folders: Sequence[Path],
    styles: Sequence[str],
    *,
    policy: Mapping[str, str],
) -> dict[str, bytes]:
    """The files of the frame, by name.

    `course` is what the script knows of the course (`Course` in `theme/scorm/state.js`), `styles` are addresses of style
    sheets of the course, `policy` is what the frame may do that pages of the site may not. Raises `BuildError` where a template or script fails, and `OSError` where a file has gone.
    """
    parts = {**packaged_files(folders), **modules_of(folders)}
    with failing(f"{PACKAGED}{START}"):
        page = voice.env.get_template(f"{PACKAGED}{START}").render(
            title=title,
            policy=written({**DIRECTIVES, "frame-src": "'self'", **policy}),
            direction=voice.words.direction,
            styles=[*(f"{COURSE}{style}" for style in styles), STYLE],
            home=f"{COURSE}{START}",
        )
    return {
        START: page.encode("utf-8", "xmlcharrefreplace"),
        SCRIPT: _script(parts, course).encode(),
        STYLE: door.read(parts[f"{PACKAGED}{STYLE}"]),
    }


def _script(parts: Mapping[str, Path], course: Mapping[str, Any]) -> str:
    """The script with what it knows of the course, as one file that is no module."""
    found = Scripts(script_source(parts.get)).with_imports(f"{PACKAGED}{SCRIPT}")
    # These alone, so that what pages of the course import too is not looked for in a file of theirs.
    needed = {name: parts[name] for name in found if name in parts}
    joined = dict(Scripts(script_source(needed.get)).files(list(needed)))[f"{PACKAGED}{SCRIPT}"]
    return f"globalThis.alongsideCourse={json.dumps(course, separators=(',', ':'))};\n{joined}"
