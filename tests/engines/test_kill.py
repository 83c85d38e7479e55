"""Whatever happens while a site is put in place, readers see a whole one."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.engines import publish
from alongside.engines.publish import MARKER, publication
from alongside.files.problems import BuildError

pytestmark = pytest.mark.site

FILES, SIZE = 40, 4_000
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(publish.__file__).parents[2])}
#: Publishes sites one after another, each with its number in every file.
WRITER = f"""
import sys
from pathlib import Path
from alongside.engines.publish import publication
print("ready", flush=True)
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    with publication(Path(sys.argv[1])) as folder:
        for name in range({FILES}):
            (folder / f"{{name}}.html").write_text(str(number).ljust({SIZE}))
"""


def writer(target: Path, start: int, end: int) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(target), str(start), str(end)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream:
            stream.close()


def numbers_in(site: Path) -> set[str]:
    """The numbers of all builds of which a site has files. A whole site has one, in as many files as there are."""
    descriptor = os.open(site, os.O_RDONLY)  # a swap in between leaves us with the folder that we have opened
    try:
        names = [name for name in os.listdir(descriptor) if name != MARKER]  # noqa: PTH208  # a descriptor, no path
        assert len(names) == FILES, f"{len(names)} files"
        found = set()
        for name in names:
            file = os.open(name, os.O_RDONLY, dir_fd=descriptor)
            with os.fdopen(file) as stream:
                text = stream.read()
            assert len(text) == SIZE, "half a page"
            found.add(text.strip())
        return found
    finally:
        os.close(descriptor)


def publish_once(target: Path, number: int) -> None:
    with publication(target) as folder:
        for name in range(FILES):
            (folder / f"{name}.html").write_text(str(number).ljust(SIZE))


def test_a_disk_that_fills_at_any_point_leaves_the_old_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish_once(site, 0)
    for point in range(20):
        limit = 1 + point * SIZE // 20
        script = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n" + WRITER
        result = subprocess.run(
            [sys.executable, "-c", script, str(site), "1", "2"],
            capture_output=True,
            text=True,
            env=ENVIRONMENT,
            check=False,
        )
        assert result.returncode != 0
        assert "The site that was there is unchanged." in result.stderr
        assert numbers_in(site) == {"0"}
        assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 1, "the limit held for the child only"


def test_a_folder_that_cannot_be_written_to_is_said() -> None:
    """No one may make a folder there, whoever runs the tests."""
    with pytest.raises(BuildError, match="cannot be written"):
        publish_once(Path("/proc/alongside/site"), 1)


def test_of_two_builds_at_once_each_is_whole_or_refused(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish_once(site, 0)
    for pair in range(50):
        both = [writer(site, pair * 2 + 1, pair * 2 + 2), writer(site, pair * 2 + 2, pair * 2 + 3)]
        for process in both:
            assert process.stderr is not None
            said = process.stderr.read()
            assert process.wait() == 0 or "another build is writing" in said, said
            end(process)
        assert numbers_in(site) <= {str(pair * 2 + 1), str(pair * 2 + 2)}


def test_a_reader_during_20_rebuilds_never_misses_a_page(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish_once(site, 0)
    process = writer(site, 1, 21)
    seen = set()
    while process.poll() is None:
        for name in range(FILES):
            text = (site / f"{name}.html").read_text()  # as a web server does it: by its path, at any moment
            assert len(text) == SIZE, "half a page"
            seen.add(text.strip())
    end(process)
    assert process.returncode == 0
    assert numbers_in(site) == {"20"}
    assert len(seen) > 1, "the reader was there while sites changed"
