"""What the first page tells people to type exists, and so does what it points to."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer.main

from assessments.cli.main import app

CHECKOUT = Path(__file__).resolve().parent.parent
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^    (tana .+)$", README, re.M) + re.findall(r"`(tana [a-z-]+[^`]*)`", README)
LINKED = re.findall(r"\]\(([^)#]+)\)", README) + re.findall(r"^\[[^]]+\]: (\S+)$", README, re.M)
TARGETS = re.findall(r"^    make ([a-z]+)$", README, re.M) + re.findall(r"`make ([a-z]+)`", README)


@pytest.mark.parametrize("line", SHOWN)
def test_a_command_can_be_typed_as_shown(line: str) -> None:
    """Parsed by the command itself, and not carried out."""
    command = typer.main.get_command(app)
    _, *words = shlex.split(line)
    while below := getattr(command, "commands", None):
        command = below[words.pop(0)]
    command.make_context(command.name or "", words)


@pytest.mark.parametrize("target", [link for link in LINKED if "://" not in link])
def test_a_page_it_names_is_there(target: str) -> None:
    assert (CHECKOUT / target).exists()


@pytest.mark.parametrize("target", sorted(set(TARGETS)))
def test_make_knows_the_target(target: str) -> None:
    assert re.search(rf"^{target}:", (CHECKOUT / "Makefile").read_text(encoding="utf-8"), re.M)


def test_the_two_commands_come_first() -> None:
    assert TARGETS[:2] == ["demo", "test"]
    assert len(SHOWN) > 5
