"""Answers and results for other programs: tables to compute with, and an IATI activity file."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from assessments.errors import Mistake, NothingToAssess
from assessments.language import words
from assessments.report import ReportInputs
from assessments.report.tables import Table, dictionary, tables
from assessments.settings import FILE_MODE, private_folder, read_settings
from assessments.store import open_store
from assessments.untrusted.formulas import harmless
from flows.annex import excel_annex
from flows.responses import response_workbook
from flows.write_reports import report_inputs

FORMATS = ("csv", "parquet", "xlsx", "iati", "response")
_WORKBOOKS = {"xlsx": ("annex", excel_annex), "response": ("response", response_workbook)}


def export_tables(
    iso3: str,
    round_: str,
    to: str,
    out: Path,
    *,
    restricted: bool,
    by: str,
    start: date | None = None,
    language: str = "",
) -> tuple[Path, ...]:
    """The run that stands as files in `out`; tables come with a data dictionary.

    `response` is the workbook in which the Government responds, in `language` or its own.

    Without `restricted` they hold what the public report may say, and nothing else. `start` is
    the first month of the project in an IATI file, the January after the round where not given.
    Raises Mistake for an unknown format, a restricted IATI file or a missing library, and
    NothingToAssess where there is no run or its pack has been edited since.
    """
    if to not in FORMATS:
        raise Mistake(f"{to!r} is no format of export.", f"Choose from {', '.join(FORMATS)}.")
    if language:
        words(language)
    if to == "iati" and restricted:
        raise Mistake(
            "An IATI file is made to be published, so it cannot hold restricted answers.",
            "Leave --restricted out.",
        )
    with open_store() as store:
        run = store.latest_run(iso3, round_)
        if run is None:
            raise NothingToAssess(
                f"{iso3} {round_} was not assessed yet.", f"Run: tana assess {iso3}"
            )
        shown = report_inputs(store, run, edition="restricted" if restricted else "public")
        private_folder(out.resolve())
        stem = out / f"{iso3}_{round_}"
        if to == "iati":
            first = start or date(int(round_[:4]) + 1, 1, 1)
            files: tuple[Path, ...] = (_iati(shown, stem, first),)
        elif to in _WORKBOOKS:
            name, write = _WORKBOOKS[to]
            edition = "restricted" if restricted else "public"
            path = stem.with_name(f"{stem.name}_{name}_{edition}.xlsx")
            files = (write(shown, path, language),)
            path.chmod(FILE_MODE)
        else:
            files = _tables(shown, stem, _csv if to == "csv" else _parquet)
        store.note_export(iso3, round_, what=f"{to} restricted" if restricted else to, by=by)
    return files


def _tables(
    shown: ReportInputs, stem: Path, write: Callable[[Table, Path], Path]
) -> tuple[Path, ...]:
    found = tables(shown)
    return tuple(
        write(table, stem.with_name(f"{stem.name}_{table.name}"))
        for table in (*found, dictionary(found))
    )


def _csv(table: Table, stem: Path) -> Path:
    path = stem.with_suffix(".csv")
    scratch = _scratch(path)
    with scratch.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in table.columns])
        writer.writerows([harmless(cell) for cell in row.values()] for row in table.rows)
    return _publish(scratch, path)


def _parquet(table: Table, stem: Path) -> Path:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise Mistake(
            "Parquet files need the library pyarrow, which is not installed.",
            "Install tana with its extra `parquet`, or export to csv.",
        ) from None
    path = stem.with_suffix(".parquet")
    scratch = _scratch(path)
    # Each column says in the file itself what it means, so that it needs no dictionary beside it.
    columns = {c.name: [row[c.name] for row in table.rows] for c in table.columns}
    built = pyarrow.table(columns)
    schema = pyarrow.schema(
        [
            field.with_metadata({"meaning": column.meaning, "unit": column.unit})
            for field, column in zip(built.schema, table.columns, strict=True)
        ],
        metadata={"table": table.name, "meaning": table.meaning},
    )
    pyarrow.parquet.write_table(built.cast(schema), scratch)
    return _publish(scratch, path)


def _iati(shown: ReportInputs, stem: Path, start: date) -> Path:
    from assessments.report.iati import activity_file

    path = stem.with_name(f"{stem.name}_iati.xml")
    scratch = _scratch(path)
    scratch.write_bytes(activity_file(shown, read_settings().iati, start))
    return _publish(scratch, path)


def _scratch(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def _publish(scratch: Path, path: Path) -> Path:
    scratch.chmod(FILE_MODE)
    return scratch.replace(path)
