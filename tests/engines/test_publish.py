"""The old site stays whole until the new one is complete."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.engines import publish
from alongside.engines.publish import MARKER, publication
from alongside.files.problems import BuildError


def build(target: Path, text: str) -> None:
    with publication(target) as folder:
        (folder / "index.html").write_text(text)


def leftovers(target: Path) -> list[str]:
    return [path.name for path in target.parent.iterdir() if path.name.startswith(".")]


def test_a_first_site_appears(tmp_path: Path) -> None:
    build(tmp_path / "site", "one")
    assert (tmp_path / "site/index.html").read_text() == "one"
    assert leftovers(tmp_path / "site") == []


def test_a_new_site_replaces_the_old_one_as_a_whole(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with publication(site) as folder:
        (folder / "old.html").write_text("old")
    build(site, "new")
    assert sorted(path.name for path in site.iterdir()) == [MARKER, "index.html"]


def test_a_failed_build_leaves_the_old_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site, "old")
    with pytest.raises(ZeroDivisionError), publication(site) as folder:
        (folder / "index.html").write_text("half")
        _ = 1 / 0
    assert (site / "index.html").read_text() == "old"
    assert leftovers(site) == []


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/thesis.txt").write_text("years of work")
    with pytest.raises(BuildError, match="did not write"):
        build(tmp_path / "site", "new")
    assert (tmp_path / "site/thesis.txt").read_text() == "years of work"


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    build(tmp_path / "site", "new")
    assert (tmp_path / "site/index.html").is_file()


def test_a_file_in_the_place_of_the_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(BuildError, match="not a folder"):
        build(tmp_path / "site", "new")


def test_a_second_build_at_the_same_time_is_told_so(tmp_path: Path) -> None:
    with publication(tmp_path / "site"), pytest.raises(BuildError, match="another build"):
        build(tmp_path / "site", "second")


@pytest.mark.slow
def test_what_a_killed_build_left_is_cleaned_up(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from alongside.engines.publish import publication\n"
        "with publication(Path(sys.argv[1])) as f:\n    (f / 'index.html').write_text('half'); print('ready', flush=True); time.sleep(60)\n"
    )
    site = tmp_path / "site"
    build(site, "old")
    environment = {**os.environ, "PYTHONPATH": str(Path(publish.__file__).parents[2])}
    process = subprocess.Popen([sys.executable, "-c", script, str(site)], stdout=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.wait()
    process.stdout.close()
    assert (site / "index.html").read_text() == "old"
    assert leftovers(site)
    build(site, "new")
    assert (site / "index.html").read_text() == "new"
    assert leftovers(site) == []


def test_where_the_kernel_cannot_swap_the_site_is_moved_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "_exchanged", lambda *_: False)
    build(tmp_path / "site", "old")
    build(tmp_path / "site", "new")
    assert (tmp_path / "site/index.html").read_text() == "new"
    assert leftovers(tmp_path / "site") == []


def test_a_site_that_was_only_moved_aside_is_moved_back(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site, "old")
    site.rename(tmp_path / ".site.old-1")
    with pytest.raises(ZeroDivisionError), publication(site):
        _ = 1 / 0
    assert (site / "index.html").read_text() == "old"


def test_a_full_disk_is_said_in_one_line(tmp_path: Path) -> None:
    build(tmp_path / "site", "old")
    with pytest.raises(BuildError, match="No space left on device"), publication(tmp_path / "site"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert (tmp_path / "site/index.html").read_text() == "old"


def test_pages_can_be_read_by_a_web_server(tmp_path: Path) -> None:
    build(tmp_path / "site", "one")
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755
