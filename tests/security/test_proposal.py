"""What a stranger proposes, with every trick that we know, goes through the recipes by which sites check proposals.

Nothing of it runs, nothing of it is published where the check has found something, and everything is named.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from alongside.authoring.scaffold import check_workflows
from alongside.engines.publish import MARKER
from tests.conftest import BASE

pytestmark = pytest.mark.slow

GIT, BASH = shutil.which("git") or "git", shutil.which("bash") or "bash"
BUILDER = Path(__file__).parents[2] / "builder"
SETTINGS = "site_name: Ours\nplugins:\n  - alongside:\n      layers: [.]\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>\n'
TEMPLATE = "<h1>CANARY</h1>{{{{ cycler.__init__.__globals__.os.popen('touch {}').read() }}}}\n"
BEFORE = {
    **BASE,
    "mkdocs.yml": SETTINGS,
    "requirements.txt": "alongside-training\n",
    "content/index.md": "# Home\n\nWelcome.\n",
    "theme/pages/missing.html": "<h1>Lost?</h1>\n",
}
RECIPES = check_workflows("true")


def git(folder: Path, *arguments: str) -> str:
    settings = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    return subprocess.run(
        [GIT, *settings, *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The target, checked out, with its recipes."""
    folder = tmp_path / "site"
    write(folder, {**BEFORE, **RECIPES, ".gitignore": "site/\n"})
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Before")
    return folder


def merged(site: Path) -> None:
    """Commits what was changed as a proposal and merges it, as GitHub does before it runs a check."""
    git(site, "checkout", "-q", "-b", "proposal")
    git(site, "add", "-A", "-f")
    git(site, "commit", "-qm", "Proposal")
    git(site, "checkout", "-q", "main")
    git(site, "merge", "-q", "--no-ff", "-m", "Merge", "proposal")


def github() -> Iterator[tuple[str, bool]]:
    """The commands of the recipe, and whether each runs after one that failed."""
    recipe = yaml.load(RECIPES[".github/workflows/check.yml"], yaml.BaseLoader)
    for step in recipe["jobs"]["check"]["steps"]:
        if "run" in step:
            yield step["run"], "always()" in step.get("if", "")


def gitlab() -> Iterator[tuple[str, bool]]:
    job = yaml.load(RECIPES[".gitlab-ci.yml"], yaml.BaseLoader)["check"]
    for command in (*job["before_script"], *job["script"]):
        yield command, False
    for command in job["after_script"]:
        yield command, True


def go_through(site: Path, recipe: str) -> tuple[list[str], str]:
    """The commands that ended well, and all that was said."""
    (site.parent / "bin").mkdir()
    command = f'#!/bin/sh\nPYTHONPATH="{BUILDER}" exec "{sys.executable}" -P -m alongside "$@"\n'
    write(site.parent, {"bin/alongside": command})
    (site.parent / "bin/alongside").chmod(0o755)
    environment = {
        **os.environ,
        "HOME": str(site.parent),
        "PATH": f"{site.parent / 'bin'}:{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(site.parent / "summary.md"),
        "CI_PROJECT_DIR": str(site),
        "CI_COMMIT_SHA": git(site, "rev-parse", "HEAD"),
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": git(site, "rev-parse", "HEAD^1"),
        "SECRET_TOKEN": "CANARY",
    }
    well, said, failed = [], "", False
    for text, always in {"github": github, "gitlab": gitlab}[recipe]():
        if failed and not always:
            continue
        done = subprocess.run(
            [BASH, "-eo", "pipefail", "-c", text],
            cwd=site, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=120,
        )  # fmt: skip
        said += done.stdout
        failed = failed or bool(done.returncode)
        if not done.returncode:
            well.append(text)
    return well, said


EVERY_RECIPE = pytest.mark.parametrize("recipe", ["github", "gitlab"])


@pytest.mark.site
@EVERY_RECIPE
def test_of_a_proposal_with_every_trick_nothing_runs_and_everything_is_named(site: Path, recipe: str) -> None:
    canary = site.parent / "canary"
    secret = site.parent / "secret"
    secret.write_text("# CANARY\n\nCANARY: CANARY\n")
    runs = f"import os; os.system('touch {canary}')\n"
    named = {
        "content/elements/page-frame.js": f"alert('{canary}')\n",
        "content/sw.js": "x",
        "content/x.htm": "<script>alert(1)</script>\n",
        "content/_headers": "/*\n  Content-Security-Policy: default-src *\n",
        "content/x.svg": SVG.format("<script>alert(1)</script>"),
        "content/assets/icon.svg": SVG.format(""),
        "content/glossary.md": "# Mine\n\nMine.\n",
        "content/listening/hearing.md": "# Mine\n\nMine.\n",
        "modules/comfort/module.yml": BASE["modules/listening/module.yml"],
        "modules/listening/media/x.js": "x",
    }
    write(site, {
        **named,
        "mkdocs.yml": "hooks: [evil.py]\nINHERIT: ../secret\nsite_dir: modules\nsite_name: !ENV SECRET_TOKEN\n"
        f"extra: !!python/object/apply:os.system ['touch {canary}']\ntheme: {{custom_dir: evil}}\n{SETTINGS.partition(chr(10))[2]}",
        "evil.py": runs, "sitecustomize.py": runs, "alongside.py": runs, "yaml.py": runs, "setup.py": runs,
        "evil/base.html": TEMPLATE.format(canary), "theme/base.html": TEMPLATE.format(canary),
        "theme/pages/missing.html": TEMPLATE.format(canary), "theme/elements/page-frame.js": "alert('CANARY')\n",
        "requirements.txt": "./evil\n", "evil/setup.py": runs, f"modules/{MARKER}": "This folder is written by Alongside.\n",
        ".gitattributes": "* filter=evil\n", "modules/.gitattributes": "* filter=evil diff=evil\n",
    })  # fmt: skip
    links = {
        "content/logo.png": "/proc/self/environ",
        "content/leak.md": str(secret),
        "modules/listening/late-again.yml": str(secret),
        "modules/listening/media/leak.svg": str(secret),
        "modules/listening/media/loop.svg": "loop.svg",
        "modules/elsewhere": str(site.parent),
    }
    for name, target in links.items():
        (site / name).unlink(missing_ok=True)
        (site / name).symlink_to(target)
    merged(site)
    well, said = go_through(site, recipe)
    assert not canary.exists()
    assert (
        "CANARY" not in said + (site.parent / "summary.md").read_text("utf-8")
        if recipe == "github"
        else "CANARY" not in said
    )
    assert not [command for command in well if "alongside build" in command or "alongside check" in command]
    assert not (site / "site").exists() and (site / "modules/listening/module.yml").is_file()
    for name in (*named, *links):
        assert name in said, name
    for line in (1, 2, 4, 5, 6):
        assert f"mkdocs.yml:{line}:" in said or f"file=mkdocs.yml,line={line}," in said, said
    assert "This changes more than modules/ and content/" in said


@pytest.mark.site
@EVERY_RECIPE
def test_a_sound_proposal_is_built_with_the_settings_the_theme_and_the_packages_of_the_target(
    site: Path, recipe: str
) -> None:
    canary = site.parent / "canary"
    write(site, {
        "content/new.md": "# News\n\nSomething new.\n",
        "theme/pages/missing.html": TEMPLATE.format(canary), "theme/base.html": TEMPLATE.format(canary),
        "theme/elements/page-frame.js": "alert('CANARY')\n", "requirements.txt": "./evil\n",
        "mkdocs.yml": SETTINGS.replace("Ours", "Theirs") + "site_dir: elsewhere\n",
    })  # fmt: skip
    (site / "content/about.md").unlink(missing_ok=True)
    merged(site)
    well, said = go_through(site, recipe)
    assert [command for command in well if "alongside build" in command], said
    published = {
        path.relative_to(site / "site").as_posix(): path.read_bytes()
        for path in (site / "site").rglob("*")
        if path.is_file()
    }
    assert b"Something new." in published["new/index.html"]
    assert b"<h1>Lost?</h1>" in published["404.html"]
    assert not [name for name, content in published.items() if b"CANARY" in content or b"Theirs" in content]
    assert not canary.exists() and not (site / "elsewhere").exists()
    assert (site / "requirements.txt").read_text("utf-8") == BEFORE["requirements.txt"]


@EVERY_RECIPE
def test_a_proposal_that_takes_things_away_is_checked_without_them(site: Path, recipe: str) -> None:
    shutil.rmtree(site / "content")
    (site / "mkdocs.yml").unlink()
    merged(site)
    well, said = go_through(site, recipe)
    assert not (site / "content").exists()
    assert "mkdocs.yml" in said and "L101" in said
    assert not [command for command in well if "alongside build" in command]
