"""Workflows treat what someone proposes as untrusted: in this repository, and in every new site."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from alongside.authoring.scaffold import OWN_INSTALL, SitePlan, check_workflows, new_site

ROOT = Path(__file__).parents[1]
#: Rights that jobs may have beyond reading: to publish a site, to sign a release, to draft it. No job has two of these sets.
RIGHTS = (
    {"pages": "write", "id-token": "write"},
    {"id-token": "write", "attestations": "write", "artifact-metadata": "write"},
    {"contents": "write"},
)


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
    read: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # makes texts only
    return read


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


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
            if "permissions" in job:
                used = [step.get("uses", step.get("run", "")).partition("@")[0] for step in job["steps"]]
                assert "actions/checkout" not in used
                assert [command for command in used if not command.startswith("actions/")] in (
                    [],
                    [
                        'gh release create "$GITHUB_REF_NAME" --repo "$GITHUB_REPOSITORY" --draft --verify-tag --generate-notes dist/*'
                    ],
                )


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
        said = json.dumps(read(path))
        assert "secrets" not in said
        # The token of a job is handed to GitHub's own command, never put into the text of one.
        assert "${{" not in said.replace('"env": {"GH_TOKEN": "${{ github.token }}"}', "")
        assert set(re.findall(r"\$\{?([A-Z_]+)", said)) <= {
            "GITHUB_STEP_SUMMARY",
            "GITHUB_REF_NAME",  # of a tag, which only who may write to the repository can make
            "GITHUB_REPOSITORY",
            "CI_PIPELINE_SOURCE",
            "CI_PROJECT_DIR",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA",
            "CI_COMMIT_BRANCH",
            "CI_COMMIT_SHA",
            "CI_DEFAULT_BRANCH",
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
    assert jobs["check"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert set(jobs) - {"check"} <= {"pages"}
    for job in jobs.values():
        assert len(job["rules"]) == 1


def test_the_repository_has_the_workflows_of_its_skeleton() -> None:
    for where, text in check_workflows(OWN_INSTALL).items():
        assert (ROOT / where).read_text("utf-8") == text, f"remade by scaffold.check_workflows: {where}"
