"""Looks for input that breaks a target: `python -m tests.fuzz.run [TARGET] --minutes N`, or `make fuzz MINUTES=N`.

Without a target the minutes are divided over all of them. It starts from the files in `corpus/` and keeps what leads
to new parts of the builder in `.cache/fuzz-corpus/`, from where the next run goes on.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache"
SEEDS = HERE / "corpus"
NAMES = sorted(folder.name for folder in SEEDS.iterdir() if folder.is_dir())
LONGEST_INPUT = 8_192
#: Seconds for one input, and megabytes for the whole run.
LONGEST, MOST_MEMORY = 20, 2_000


def fuzz(name: str, minutes: float) -> None:
    """Gives inputs to a target until the time is over or one of them breaks it. Does not return."""
    import atheris  # noqa: PLC0415  # only the environment for fuzzing has it

    with atheris.instrument_imports(include=["alongside", "markdown"]):
        from tests.fuzz.targets import TARGETS  # noqa: PLC0415  # it is to be watched

    crashes, finds = CACHE / "fuzz-crashes", CACHE / "fuzz-corpus" / name
    for folder in (crashes, finds):
        folder.mkdir(parents=True, exist_ok=True)

    def one(content: bytes) -> None:
        try:
            TARGETS[name](content)
        except BaseException:
            # libFuzzer keeps the input under this name.
            kept = crashes / f"{name}-crash-{hashlib.sha1(content, usedforsecurity=False).hexdigest()}"
            print(
                f"\nThe target {name} failed. The input is kept in {kept.relative_to(CACHE.parent)}.\n"
                f"Once more: PYTHONPATH=builder:. {sys.executable} -m tests.fuzz.run {name} "
                f"--input {kept.relative_to(CACHE.parent)}\n"
                f"Mend what is wrong, copy the file to tests/fuzz/corpus/{name}/ under a name that says what it holds,\n"
                "and write a test whose name states the fact beside the tests of what was wrong.\n",
                flush=True,
            )
            raise

    options = [
        f"-max_total_time={round(minutes * 60)}",
        f"-artifact_prefix={crashes}/{name}-",
        f"-max_len={LONGEST_INPUT}",
        f"-timeout={LONGEST}",
        f"-rss_limit_mb={MOST_MEMORY}",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(finds), str(SEEDS / name)], one)
    atheris.Fuzz()


def once(name: str, path: Path) -> None:
    """Gives one input to a target, to see again what it found."""
    from tests.fuzz.targets import TARGETS  # noqa: PLC0415  # the fuzzer imports it in its own way

    TARGETS[name](path.read_bytes())
    print(f"The target {name} passes with {path}.")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Look for input that breaks the builder.")
    parser.add_argument("target", nargs="?", choices=NAMES)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--input", type=Path, help="Give the target this file only.")
    asked = parser.parse_args()
    if asked.target and asked.input:
        once(asked.target, asked.input)
        return
    if asked.target:
        fuzz(asked.target, asked.minutes)
    share = str(asked.minutes / len(NAMES))
    failed = [
        name
        for name in NAMES
        if subprocess.run([sys.executable, "-m", "tests.fuzz.run", name, "--minutes", share], check=False).returncode
    ]
    sys.exit(f"Failed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
