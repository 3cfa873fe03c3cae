"""The small pack in two versions: `small_changes.md` says what changed."""

from __future__ import annotations

from pathlib import Path

from pack_folder import PackFolder, cells_of

from assessments.pack.changes import CHANGES_FILE

_TEXT = (Path(__file__).parent / "small_changes.md").read_text(encoding="utf-8")


def _table(heading: str) -> list[list[str]]:
    return cells_of(_TEXT.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0])


def _ask(pack: PackFolder, heading: str) -> None:
    header, *rows = _table(heading)
    for row in rows:
        cells = dict(zip((name.split("::")[0] for name in header), row, strict=True))
        pack.add("survey.csv", **cells)


def first_version(folder: Path) -> PackFolder:
    """Version 1: the small pack and the questions that version 2 changes."""
    pack = PackFolder(folder)
    _ask(pack, "version 1 asks also")
    return pack


def second_version(folder: Path) -> PackFolder:
    """Version 2, with its changes.csv."""
    pack = PackFolder(folder)
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        renamed = text.replace("LEG_1_03", "LEG_1_05").replace("OPS_1_07", "OPS_1_08")
        path.write_text(renamed, encoding="utf-8", newline="")
    pack.set("settings.csv", "small", "version", "2")
    pack.set("survey.csv", "OPS_1_04", "label::English (en)", "Requests carried out")
    pack.set("survey.csv", "OPS_1_08", "label::English (en)", "Median months")
    pack.set("survey.csv", "OPS_1_08", "type", "decimal")
    pack.set("survey.csv", "OPS_1_08", "score", "<=2=4;<=4=3;>4=0")
    pack.set("requirements.csv", "UNTOC_18_13", "met", "<=6")
    pack.set("requirements.csv", "UNTOC_18_13", "not_met", ">6")
    pack.set("framework.csv", "OPS-1", "level_2::English (en)", "Followed by some")
    _ask(pack, "version 2 asks instead")
    declare(pack, *_table(CHANGES_FILE)[1:])
    return pack


def declare(pack: PackFolder, *rows: list[str]) -> None:
    """Write changes.csv with these rows."""
    pack.write(CHANGES_FILE, [_table(CHANGES_FILE)[0], *rows])


def declared() -> list[list[str]]:
    """The rows of changes.csv of version 2."""
    return _table(CHANGES_FILE)[1:]
