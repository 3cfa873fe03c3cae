"""`tana method selfcheck`: published tables, the worked examples and a published index anew."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

from assessments import scoring
from assessments.errors import Mistake
from assessments.pack.load import load_pack
from assessments.results import Value
from assessments.scoring.assess import method_of
from assessments.scoring.selfcheck import (
    IndexCheck,
    Node,
    TableCheck,
    check_index,
    check_m1,
    check_m2,
)
from assessments.scoring.worked_examples import check_example, example_method, read_examples

EXAMPLES = Path(scoring.__file__).parent / "examples"
ASEM_FILES = ("ASEM_Normalised.csv", "ASEM_iMeta.csv", "ASEM_Published.csv")
M2_NOTE = (
    "The table itself is unverified: it was written from general knowledge, because the public "
    "copy that could be read holds the section without it. Compare it with the framework before "
    "use."
)


class TableResult(Value):
    """One published table."""

    rows: int
    differences: tuple[str, ...]
    verified: bool  # the table was compared with its publication
    note: str = ""


class ExamplesResult(Value):
    """The worked examples."""

    examples: int
    differences: tuple[str, ...]


class IndexResult(Value):
    """The published index of `--asem`."""

    countries: int
    max_abs_diff: float
    rank_mismatches: int


class MethodCheck(Value):
    """Everything that was computed anew."""

    pefa_m1: TableResult
    pefa_m2: TableResult
    worked_examples: ExamplesResult
    asem: IndexResult | None = None

    @property
    def holds(self) -> bool:
        """True where nothing differs (an index to 1e-9)."""
        tables = (self.pefa_m1, self.pefa_m2, self.worked_examples)
        index = self.asem
        near = index is None or (index.max_abs_diff <= 1e-9 and not index.rank_mismatches)
        return near and not any(table.differences for table in tables)


def check_method(pack: str, asem: Path | None = None) -> MethodCheck:
    """Compute the published tables, the examples, and with `asem` its index anew.

    Raises UnknownPack, NoMethod, and Mistake where the folder does not hold the index's tables.
    """
    index = check_asem(asem) if asem else None
    sections = tomllib.loads((EXAMPLES / "method.toml").read_text(encoding="utf-8"))
    method = example_method(method_of(load_pack(pack)), sections)
    examples = read_examples((EXAMPLES / "levels.md").read_text(encoding="utf-8"))
    found = [one for example in examples for one in check_example(example, method)]
    m2 = check_m2((EXAMPLES / "pefa_m2.md").read_text(encoding="utf-8"))
    return MethodCheck(
        pefa_m1=_table(check_m1(), verified=True),
        pefa_m2=_table(m2, verified=False, note=M2_NOTE),
        worked_examples=ExamplesResult(
            examples=len(examples),
            differences=tuple(
                f"{one.example}: {one.what} {one.expected} expected, {one.found} found"
                for one in found
            ),
        ),
        asem=None
        if index is None
        else IndexResult(
            countries=index.countries,
            max_abs_diff=index.max_abs_diff,
            rank_mismatches=index.rank_mismatches,
        ),
    )


def check_asem(folder: Path) -> IndexCheck:
    """The published index in `folder`. Raises Mistake where a table is missing or not readable."""
    missing = [name for name in ASEM_FILES if not (folder / name).is_file()]
    if missing:
        raise Mistake(
            f"{folder} does not hold {', '.join(missing)}.",
            "Name the folder with the published ASEM tables: --asem DIR.",
        )
    values, meta, published = (_rows(folder / name) for name in ASEM_FILES)
    try:
        nodes = [
            Node(
                row["iCode"],
                "" if row["Parent"] in {"", "NA"} else row["Parent"],
                float(row["Weight"]),
            )
            for row in meta
            if row["Type"] in {"Indicator", "Aggregate"}
        ]
        indicators = {row["UnitCode"]: _numbers(row) for row in values}
        ranks = {row["UnitCode"]: (float(row["Index"]), int(row["Rank"])) for row in published}
        return check_index(nodes, indicators, ranks)
    except (KeyError, ValueError) as error:
        raise Mistake(
            f"The tables in {folder} cannot be read as a published index ({error}).",
            "Restore them as they were published.",
        ) from None


def _table(found: TableCheck, *, verified: bool, note: str = "") -> TableResult:
    return TableResult(rows=found.rows, differences=found.differences, verified=verified, note=note)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def _numbers(row: dict[str, str]) -> dict[str, float]:
    found = {}
    for name, text in row.items():
        try:
            found[name] = float(text)
        except (TypeError, ValueError):  # names and groups; a missing indicator is left out
            continue
    return found
