"""Workflows treat what someone proposes as untrusted: in this repository, and in every new site.

`pytest tests/test_workflows.py --update-golden` makes those of the repository anew from the skeletons.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from alongside.authoring.scaffold import OWN_INSTALL, SitePlan, check_workflows, new_site

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
#: What is tried of proposed code, by the command that tries it. A job for each, with the same name on both hosts.
TRIED = {"code": "make check", "tests": "make test-fast"}
#: Where the jobs begin that are ours and not those of every site.
OURS = "\n# The jobs from here on belong to Alongside itself"
#: Rights that jobs may have beyond reading: to publish a site, to sign a release, to draft it. No job has two of these sets.
RIGHTS = (
    {"pages": "write", "id-token": "write"},
    {"id-token": "write", "attestations": "write", "artifact-metadata": "write"},
    {"contents": "write"},
    {"contents": "write", "pull-requests": "write"},
)
#: How a workflow that proposes a new version is called. It runs on the main branch, on a schedule.
UPDATE = "update.yml"


def github(folder: Path) -> list[Path]:
    return sorted((folder / ".github/workflows").glob("*.y*ml"))


@pytest.fixture(scope="module", params=["repository", "site"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "repository":
        return ROOT
    site = tmp_path_factory.mktemp("workflows") / "site"
    new_site(SitePlan(site, "Ours"))
    return site


def read(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # makes texts only
    return read


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_only_checks_of_proposals_are_cut_short(folder: Path) -> None:
    """What publishes, signs or proposes ends what it has begun, and does so once at a time."""
    for path in github(folder):
        workflow = read(path)
        proposed = list(workflow["on"]) == ["pull_request"]
        assert (workflow["concurrency"]["cancel-in-progress"], "github.ref" in workflow["concurrency"]["group"]) == (
            str(proposed).lower(),
            proposed,
        ), path.name
    jobs = {name: job for name, job in read(folder / ".gitlab-ci.yml").items() if name != "default"}
    for name, job in jobs.items():
        proposed = "merge_request_event" in json.dumps(job["rules"])
        assert (job.get("interruptible") == "true", "resource_group" in job) == (proposed, not proposed), name


def test_there_is_a_check_of_pull_requests(folder: Path) -> None:
    workflow = read(folder / ".github/workflows/check.yml")
    assert list(workflow["on"]) == ["pull_request"]
    said = [step.get("run", "") for step in steps(workflow)]
    assert "alongside check --strict --format github --against HEAD" in said
    assert 'alongside diff HEAD --format markdown >> "$GITHUB_STEP_SUMMARY"' in said
    assert steps(workflow)[0]["with"]["fetch-depth"] == "2", "the revision before must be there"


def test_no_workflow_runs_proposals_with_rights(folder: Path) -> None:
    assert github(folder)
    for path in github(folder):
        workflow = read(path)
        assert "pull_request_target" not in path.read_text("utf-8").replace("never pull_request_target", "")
        assert "workflow_run" not in workflow["on"]
        assert workflow["permissions"] == {"contents": "read"}
        for job in workflow["jobs"].values():
            assert "pull_request" not in workflow["on"] or "permissions" not in job
            assert job.get("permissions", {}) in ({}, *RIGHTS)


def test_no_job_with_rights_runs_code_of_the_repository(folder: Path) -> None:
    for path in github(folder):
        for job in read(path)["jobs"].values():
            if "permissions" in job and path.name != UPDATE:
                used = [step.get("uses", step.get("run", "")).partition("@")[0] for step in job["steps"]]
                assert "actions/checkout" not in used
                assert [command for command in used if not command.startswith("actions/")] in (
                    [],
                    [
                        'gh release create "$GITHUB_REF_NAME" --repo "$GITHUB_REPOSITORY" --draft --verify-tag --generate-notes dist/*'
                    ],
                )


def test_what_proposes_a_new_version_reads_with_one_job_and_writes_with_another(folder: Path) -> None:
    """The job that may write installs nothing, checks nothing out by an action, and runs no program of the site."""
    if folder == ROOT:
        return
    workflow = read(folder / ".github/workflows" / UPDATE)
    assert list(workflow["on"]) == ["schedule", "workflow_dispatch"]
    look, propose = workflow["jobs"]["look"], workflow["jobs"]["propose"]
    assert "permissions" not in look and propose["permissions"] == RIGHTS[-1]
    programs = {line.split()[0] for step in propose["steps"] for line in step.get("run", "").splitlines()}
    assert programs == {"test", "head", "gh", "git"}
    assert [step["uses"].partition("@")[0] for step in propose["steps"] if "uses" in step] == [
        "actions/download-artifact"
    ]
    commands = [step.get("run", "") for step in look["steps"]]
    assert "alongside diff --note" in commands, "what learners have is noted before anything changes"
    assert commands.index("alongside diff --note") < next(at for at, one in enumerate(commands) if "--upgrade" in one)


@pytest.mark.parametrize("command", ["bash", "dash"])
def test_commands_of_several_lines_can_be_understood_by_a_shell(folder: Path, command: str) -> None:
    shell = shutil.which(command)
    if shell is None:
        pytest.skip(f"there is no {command}")
    lines = [step["run"] for path in github(folder) for step in steps(read(path)) if "run" in step]
    jobs = [job for name, job in read(folder / ".gitlab-ci.yml").items() if name != "default"]
    lines += [line for job in jobs for line in [*job.get("before_script", []), *job["script"]]]
    for line in lines:
        done = subprocess.run([shell, "-n"], input=line.encode(), capture_output=True, check=False)  # found on the path
        assert (done.returncode, done.stderr) == (0, b""), line


def test_a_release_is_tested_signed_and_lists_what_it_depends_on() -> None:
    workflow = read(ROOT / ".github/workflows/release.yml")
    assert workflow["on"] == {"push": {"tags": ["v*"]}}
    jobs = workflow["jobs"]
    said = [step.get("run") for step in jobs["build"]["steps"] if "run" in step]
    assert said == ["make check test", "make audit", "make release"]
    signed = [step["with"] for step in jobs["sign"]["steps"] if step["uses"].startswith("actions/attest@")]
    assert signed == [
        {"subject-path": "dist/*"},
        {"subject-path": "dist/*.whl", "sbom-path": "dist/alongside.cdx.json"},
    ]
    assert (jobs["sign"]["needs"], jobs["draft"]["needs"]) == ("build", "sign")


def test_no_workflow_has_secrets_or_puts_words_of_authors_into_commands(folder: Path) -> None:
    for path in [*github(folder), folder / ".gitlab-ci.yml"]:
        workflow = read(path)
        # Only by its number, which GitHub gives, does one proposal not cut short the check of another. No command sees it.
        group = workflow.pop("concurrency", {}).get("group", "")
        assert re.fullmatch(r"[a-z]*|[a-z]+-\$\{\{ github\.ref \}\}", group)
        said = json.dumps(workflow)
        assert "secrets" not in said
        # The token of a job is handed to GitHub's own command, never put into the text of one.
        assert "${{" not in said.replace('"env": {"GH_TOKEN": "${{ github.token }}"}', "")
        assert set(re.findall(r"\$\{?([A-Z0-9_]+)", said)) <= {
            "GITHUB_STEP_SUMMARY",
            "GITHUB_REF_NAME",  # of a tag, which only who may write to the repository can make
            "GITHUB_REPOSITORY",
            "CI_PIPELINE_SOURCE",
            "CI_PROJECT_DIR",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA",
            "CI_COMMIT_BRANCH",
            "CI_COMMIT_SHA",
            "CI_DEFAULT_BRANCH",
            "CI_SERVER_HOST",
            "CI_PROJECT_PATH",
            "CI_PROJECT_ID",
            "CI_API_V4_URL",
            "UPDATE_TOKEN",
        }


def test_actions_are_pinned_and_leave_no_credentials(folder: Path) -> None:
    for path in github(folder):
        used = [step for step in steps(read(path)) if "uses" in step]
        assert used
        for step in used:
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"]), step
            if "checkout" in step["uses"]:
                assert step["with"]["persist-credentials"] == "false"
        for line in path.read_text("utf-8").splitlines():
            assert "uses:" not in line or re.search(r"# v\d+\.\d+\.\d+$", line), "the release is named for people"


def test_gitlab_checks_merge_requests_and_publishes_only_the_main_branch(folder: Path) -> None:
    jobs = {name: job for name, job in read(folder / ".gitlab-ci.yml").items() if name != "default"}
    assert set(jobs) == ({"check", *TRIED} if folder == ROOT else {"check", "pages", "update"})
    for name in jobs.keys() - {"pages", "update"}:
        assert jobs[name]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    for job in jobs.values():
        assert len(job["rules"]) == 1


def test_both_hosts_try_proposed_code_with_the_same_commands() -> None:
    workflow = read(ROOT / ".github/workflows/code.yml")
    assert list(workflow["on"]) == ["pull_request"]
    on_github = {
        name: [step["run"] for step in job["steps"] if "run" in step] for name, job in workflow["jobs"].items()
    }
    on_gitlab = {name: read(ROOT / ".gitlab-ci.yml")[name]["script"] for name in TRIED}
    assert on_github == on_gitlab == {name: [command] for name, command in TRIED.items()}


@pytest.mark.parametrize("command", ["ruff check .", "ruff format --check .", "mypy", "alongside check --strict"])
def test_style_types_and_content_are_looked_at_by_the_command_that_both_hosts_run(command: str) -> None:
    recipe = re.search(r"^check:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert recipe and f"$(BIN)/{command}" in [line.strip() for line in recipe[1].splitlines()]


def test_jobs_that_run_proposed_code_hand_nothing_on() -> None:
    on_github = read(ROOT / ".github/workflows/code.yml")["jobs"]
    on_gitlab = read(ROOT / ".gitlab-ci.yml")
    for name in TRIED:
        assert on_github[name].keys() == {"runs-on", "timeout-minutes", "steps"}
        for step in on_github[name]["steps"]:
            assert step.get("uses", "").partition("@")[0] in {"", "actions/checkout", "actions/setup-python"}
            assert step.get("with", {}).keys() <= {"persist-credentials", "python-version"}, "a cache is handed on"
        assert on_gitlab[name].keys() == {"interruptible", "rules", "timeout", "before_script", "script"}
    assert on_gitlab["default"].keys() == {"image", "before_script"}


def test_the_repository_has_the_workflows_of_its_skeleton(request: pytest.FixtureRequest) -> None:
    for where, text in check_workflows(OWN_INSTALL).items():
        shared, mark, ours = (ROOT / where).read_text("utf-8").partition(OURS)
        if request.config.getoption("--update-golden"):
            (ROOT / where).write_text(text + mark + ours, "utf-8")
        else:
            assert shared == text, f"pytest tests/test_workflows.py --update-golden remakes {where}"
