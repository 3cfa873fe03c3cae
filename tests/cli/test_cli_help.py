"""Every command explains itself, by an example that can be typed, and soon enough."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator

import pytest
import typer.main

from assessments.cli.main import app

ROOT = typer.main.get_command(app)
HEAVY = (
    "prefect",
    "papermill",
    "pandas",
    "openpyxl",
    "sqlalchemy",
    "altair",
    "matplotlib",
    "docx",
    "numpy",
)


def leaves(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every command that does something, with the words that lead to it."""
    below = getattr(command, "commands", None)
    if below is None:
        yield path, command
        return
    for name, child in below.items():
        yield from leaves(child, (*path, name))


COMMANDS = dict(leaves(ROOT))


def test_there_is_a_command_for_every_step_of_the_work() -> None:
    heads = {path[0] for path in COMMANDS}
    assert heads >= {"demo", "ingest", "assess", "status", "design", "report", "approve", "trace"}
    assert heads >= {"export", "pack", "questionnaire", "db"}


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_names_an_example_and_json(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    assert command.help  # type: ignore[attr-defined]
    assert f"tana {' '.join(path)}" in (command.epilog or "")  # type: ignore[attr-defined]
    options = {name for item in command.params for name in item.opts}  # type: ignore[attr-defined]
    assert "--json" in options


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_example_can_be_typed(path: tuple[str, ...]) -> None:
    """Parsed by the command itself, and not carried out; an unknown option would be refused."""
    command = COMMANDS[path]
    epilog = command.epilog  # type: ignore[attr-defined]
    for example in epilog.split(":", 1)[1].split(";"):
        words = shlex.split(example)
        assert words[: len(path) + 1] == ["tana", *path]
        command.make_context(path[-1], words[len(path) + 1 :])  # type: ignore[attr-defined]


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from assessments.cli.main import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "LOADED []"
