"""`FILE.checked.xlsx`: a copy of what was received, with a note on each bad cell."""

from __future__ import annotations

from pathlib import Path

from assessments.intake.receipt import Receipt
from assessments.pack.model import Pack
from assessments.problems import Problem, Severity
from assessments.settings import FILE_MODE
from assessments.workbook.read import Reading

_ENDING = ".checked.xlsx"


def write_checked_copy(
    receipt: Receipt,
    *,
    incoming: Path,
    source: Path,
    out: Path | None,
    reading: Reading,
    pack: Pack | None,
) -> Receipt:
    """The receipt, with the path of the checked copy where one was worth writing.

    It stands beside the received file, or in `out`. A file that could not be read as a
    questionnaire gets none. Where it cannot be written, a note says so: what was accepted stays
    accepted.
    """
    bad = [problem for problem in reading.problems if problem.severity is not Severity.NOTE]
    if not bad or reading.identity is None or pack is None:
        return receipt
    target = (out or source.parent) / checked_name(source)
    try:
        _annotate(incoming, target, reading)
    except OSError as error:
        note = Problem(
            code="checked-copy-not-written",
            severity=Severity.NOTE,
            message=f"The copy with notes could not be written to {target.parent} "
            f"({error.strerror or type(error).__name__}).",
            remedy="Name another folder with --out.",
            file=source.name,
        )
        return receipt.model_copy(update={"problems": (*receipt.problems, note)})
    return receipt.model_copy(update={"checked_file": str(target)})


def checked_name(source: Path) -> str:
    """How the copy of a received file is called; a copy that comes back keeps its name."""
    return f"{source.stem.removesuffix('.checked')}{_ENDING}"


def _annotate(incoming: Path, target: Path, reading: Reading) -> None:
    from assessments.workbook.annotate import write_checked

    target.parent.mkdir(parents=True, exist_ok=True)
    write_checked(incoming, reading.problems, target, reading.language)
    target.chmod(FILE_MODE)  # it holds the answers too
