"""From a form in Excel to a pack in a folder: our own exports, and third parties' forms."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assessments.errors import Mistake
from assessments.pack.load import load_pack, read_pack
from assessments.pack.model import Pack
from assessments.pack.survey_table import SURVEY
from assessments.problems import Problem, Severity, refuses
from assessments.untrusted import Unreadable, read_cells
from assessments.untrusted.cells import Cells
from assessments.workbook.xlsform.foreign import foreign_tables
from assessments.workbook.xlsform.form import SHEETS
from assessments.workbook.xlsform.grid import disagreements
from assessments.workbook.xlsform.own import edited_in_vain, is_own, own_tables
from assessments.workbook.xlsform.tables import Tables


class ImportReport(BaseModel):
    """What became of a form, and everything that is wrong with it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    imported: bool
    pack: str = ""
    version: str = ""
    folder: str = ""
    languages: tuple[str, ...] = ()
    questions: int = 0
    scored: bool = False
    problems: tuple[Problem, ...] = ()


def import_form(source: Path, out: Path, *, leave_out: bool = False) -> ImportReport:
    """Make the pack of a form in the folder `out`, which must be new or empty.

    With `leave_out` what a workbook cannot ask (pictures, places, media) and checks that cannot be
    carried over are left out with a note instead of refusing the form. Where anything refuses the
    form nothing is written. Raises Mistake where `out` holds something.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Mistake(f"{out} is there already.", "Name a folder that is new or empty.")
    try:
        cells = read_cells(source)
    except Unreadable as refused:
        return ImportReport(file=source.name, imported=False, problems=refused.problems)
    own = is_own(cells)
    tables = own_tables(cells) if own else foreign_tables(cells, source.stem, leave_out)
    tables.problems += disagreements(cells)
    pack = _checked(tables)
    if own and pack is not None:
        pack = _written(tables, out, cells)
    elif pack is not None and not refuses(tables.problems):
        pack = _written(tables, out, None)
    problems = tuple(
        sorted(
            (one.model_copy(update={"file": source.name}) for one in tables.problems),
            key=lambda one: (one.severity is Severity.NOTE, one.sheet, one.row or 0, one.column),
        )
    )
    if pack is None or refuses(problems):
        return ImportReport(file=source.name, imported=False, problems=problems)
    return ImportReport(
        file=source.name,
        imported=True,
        pack=pack.id,
        version=pack.version,
        folder=str(out),
        languages=pack.languages,
        questions=len(pack.questions),
        scored=pack.method is not None,
        problems=problems,
    )


def _checked(tables: Tables) -> Pack | None:
    """Note every fault that the pack's own check finds, at its place in the form."""
    if not tables.rows:
        return None
    with tempfile.TemporaryDirectory() as scratch:
        tables.write(Path(scratch))
        pack, problems = read_pack(Path(scratch))
    tables.problems += filter(None, (tables.in_form(problem, SHEETS) for problem in problems))
    if pack is not None and not pack.questions and not refuses(tables.problems):
        tables.wrong(
            "no-question", "The form asks nothing that a workbook can ask.",
            "Add a question of a type that is supported.", sheet=SHEETS[SURVEY],
        )  # fmt: skip
    return None if refuses(tables.problems) else pack


def _written(tables: Tables, out: Path, cells: Cells | None) -> Pack | None:
    """The pack in its folder, moved into place when it is whole and nothing refuses it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".", dir=out.parent))
    try:
        _without_blank_rows(tables).write(scratch)
        if cells is not None:
            edited_in_vain(cells, load_pack(scratch), tables)
        if refuses(tables.problems):
            return None
        scratch.chmod(0o755)
        if out.is_dir():
            out.rmdir()
        scratch.rename(out)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return load_pack(out)


def _without_blank_rows(tables: Tables) -> Tables:
    rows = {
        file: [row for row in table if any(cell.strip() for cell in row)]
        for file, table in tables.rows.items()
    }
    return Tables(rows, tables.texts)
