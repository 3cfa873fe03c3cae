"""Answers and results as tables, for whoever wants to compute with them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from assessments.errors import Mistake, NothingToAssess
from assessments.report import ReportInputs
from assessments.report.redact import redact
from assessments.settings import FILE_MODE, private_folder
from assessments.store import open_store
from flows.write_reports import report_inputs

FORMATS = ("csv",)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_tables(
    iso3: str, round_: str, to: str, out: Path, *, restricted: bool, by: str
) -> tuple[Path, ...]:
    """Answers, scores, requirements, gaps and budget lines of the run that stands, in `out`.

    Without `restricted` the tables hold what the public report may say, and nothing else.
    Raises Mistake for an unknown format and NothingToAssess where there is no run or its pack has
    been edited since.
    """
    if to not in FORMATS:
        raise Mistake(f"{to!r} is no format of export.", f"Choose from {', '.join(FORMATS)}.")
    with open_store() as store:
        run = store.latest_run(iso3, round_)
        if run is None:
            raise NothingToAssess(
                f"{iso3} {round_} was not assessed yet.", f"Run: tana assess {iso3}"
            )
        shown = redact(report_inputs(store, run), restricted=restricted).inputs
        store.note_export(iso3, round_, what="csv restricted" if restricted else "csv", by=by)
    private_folder(out.resolve())
    stem = out / f"{iso3}_{round_}"
    return tuple(
        _write(stem.with_name(f"{stem.name}_{name}.csv"), rows)
        for name, rows in _tables(shown).items()
    )


def _tables(shown: ReportInputs) -> dict[str, list[dict[str, object]]]:
    return {
        "answers": [
            {
                "id": answer.id,
                "question": answer.question,
                "institution": answer.institution,
                "state": answer.state.value,
                "value": answer.value,
                "sheet": answer.source.sheet,
                "cell": answer.source.cell,
                "carried": answer.carried,
                "workbook_sha256": answer.source.workbook_sha256,
            }
            for answer in shown.answers
        ],
        "scores": [
            {
                "id": score.id,
                "sub_dimension": score.sub_dimension,
                "level": score.level,
                "low": score.low,
                "high": score.high,
                "facts_level": score.facts_level,
                "basis": score.basis,
                "coverage": score.coverage,
                "target": score.target,
            }
            for score in shown.scores.sub_dimensions
        ],
        "requirements": [
            {
                "id": item.id,
                "ref": item.ref,
                "obligation": item.obligation,
                "verdict": item.verdict.value,
                "disputed": item.disputed,
                "question": item.question,
            }
            for item in shown.scores.requirements
        ],
        "gaps": [
            {
                "id": gap.id,
                "rank": gap.rank,
                "sub_dimension": gap.sub_dimension,
                "severity": gap.severity,
                "robustness": gap.robustness,
            }
            for gap in shown.priorities.gaps
        ],
        "budget": [line.model_dump(mode="json") for line in shown.design.budget.lines],
    }


def _write(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    lines = [{key: _plain(value) for key, value in row.items()} for row in rows]
    scratch = path.with_suffix(".part")
    with scratch.open("w", encoding="utf-8-sig", newline="") as file:
        if lines:
            writer = csv.DictWriter(file, list(lines[0]))
            writer.writeheader()
            writer.writerows(lines)
    scratch.chmod(FILE_MODE)
    scratch.replace(path)
    return path


def _plain(value: object) -> object:
    """A spreadsheet would run a text that begins like a formula: such texts get an apostrophe."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    if isinstance(value, tuple):
        return _plain("|".join(str(part) for part in value))
    return value
