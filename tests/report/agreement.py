"""Whether the files of a report state the same figures: Word, PDF, Excel annex, IATI.

    python tests/report/agreement.py            every country of the store, language and edition
    python tests/report/agreement.py XAC ar     only these

`make agreement` runs it on the demo's store: half an hour. Needs LibreOffice and pdftotext.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from annex_recalculated import recalculated
from figures_written import (
    Figures,
    Said,
    in_annex,
    in_iati,
    in_word,
    numbers_in,
    numbers_of_pdf,
    numbers_of_word,
)

from assessments.report import ReportInputs, write_report
from assessments.report.iati import activity_file
from assessments.report.native_charts import native_charts
from assessments.report.voices import Voices
from assessments.report.wording import Wording
from assessments.settings import IatiOrganization
from assessments.store import open_store
from flows.annex import excel_annex
from flows.write_reports import report_inputs

LANGUAGES = ("en", "fr", "es", "ar")
OFFICE = IatiOrganization("XA-OFFICE-1", "Office for cooperation", "40")
START = date(2027, 3, 1)
CENT = Decimal("0.01")


@dataclass
class Compared:
    """What was held against each other, and what differs."""

    faults: list[str]
    levels: int = 0
    lines: int = 0
    gaps: int = 0
    indicators: int = 0
    numbers: int = 0  # of the Word file, looked for in the PDF


def compared(inputs: ReportInputs, language: str, folder: Path) -> Compared:
    """Write the files of one edition in one language, and read them back.

    Word and annex share levels, targets, coverage, places, budget lines, years and sums; the IATI
    file, which is public, shares years, sum, indicators and their levels; the PDF shows every
    number of the Word file as often.
    """
    written = write_report(inputs, folder, language=language, pdf=True)
    word = in_word(written.docx, language)
    annex = in_annex(recalculated(excel_annex(inputs, folder / "annex.xlsx", language), folder))
    result = Compared(list(word_and_annex(word, annex)))
    result.levels, result.gaps = len(word.levels), len(word.places)
    result.lines, result.indicators = len(word.lines), len(word.indicators)
    if inputs.edition == "public":
        (folder / "iati.xml").write_bytes(activity_file(inputs, OFFICE, START))
        result.faults += _word_and_iati(word, in_iati(folder / "iati.xml"))
    assert written.pdf is not None
    stated = numbers_of_word(written.docx) + numbers_in(_on_charts(inputs, language))
    result.numbers = stated.total()
    result.faults += [
        f"PDF: {number} stands there {times} times less than in Word"
        for number, times in (stated - numbers_of_pdf(written.pdf)).items()
    ]
    return result


def _on_charts(inputs: ReportInputs, language: str) -> Iterator[str]:
    """The figures beside the bars of the charts, as the language writes them."""
    words = Wording(language)
    for chart in native_charts(Voices(inputs, words)).values():
        for bar in chart.bars:
            if bar.value is not None:
                yield words.decimal(chart.drawn(bar.value), chart.pattern)


def word_and_annex(word: Figures, annex: Figures) -> Iterator[str]:
    """What differs between the two files, beyond the rounding of what Word prints."""
    half = Decimal("0.05000001")
    yield from _differ("level", word.one(word.levels), annex.one(annex.levels), half)
    yield from _differ("target", word.one(word.targets), annex.one(annex.targets), half)
    yield from _differ("coverage", word.one(word.coverage), annex.one(annex.coverage), half / 10)
    yield from _differ("place", word.one(word.places), annex.one(annex.places), Decimal(0))
    yield from _differ("line", word.one(word.lines), annex.one(annex.lines), Decimal(0))
    for what in ("years", "subtotals", "support", "totals"):
        if getattr(word, what) != getattr(annex, what):
            yield f"{what}: {getattr(word, what)} in Word, {getattr(annex, what)} in the annex"
    full = {name: v for name, v in word.one(word.packages).items() if name.endswith("_full")}
    if {*full.values()} != word.totals:
        yield f"the whole offer is {full}, the budget {word.totals}"


def _differ(
    what: str, word: dict[str, Decimal | None], annex: dict[str, Decimal | None], within: Decimal
) -> Iterator[str]:
    for name in sorted(word.keys() | annex.keys()):
        ours, theirs = word.get(name), annex.get(name)
        if ours is None and theirs is None:
            continue
        if ours is None or theirs is None or abs(ours - theirs) > within:
            yield f"{what} of {name}: {ours} in Word, {theirs} in the annex"


def _word_and_iati(word: Figures, iati: Figures) -> Iterator[str]:
    (total,) = word.totals
    (subtotal,) = word.subtotals
    if sum(iati.years) != total:
        yield f"total: {total} in Word, {sum(iati.years)} in IATI"
    for ours, theirs in zip(word.years, iati.years, strict=True):
        if abs(ours * total / subtotal - theirs) > CENT:
            yield f"year: {ours} without support cost in Word, {theirs} with it in IATI"
    if word.indicators != iati.indicators:
        yield f"indicators: {sorted(word.indicators ^ iati.indicators)} stand in one only"
    for what in ("levels", "targets"):
        stated: Said = getattr(word, what)
        for name, values in getattr(iati, what).items():
            if values != stated[name]:
                yield f"{what} of {name}: {stated[name]} in Word, {values} in IATI"


def main() -> int:
    """1 where a figure differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("country", nargs="?")
    parser.add_argument("language", nargs="?", choices=LANGUAGES)
    given = parser.parse_args()
    faults = 0
    with open_store() as store:
        places = [(one.iso3, one.round) for one in store.assessments()]
        for iso3, round_ in places:
            if given.country not in (None, iso3):
                continue
            run = store.latest_run(iso3, round_)
            if run is None:
                continue
            for edition in ("public", "restricted"):
                inputs = report_inputs(store, run, edition=edition)  # type: ignore[arg-type]
                for language in LANGUAGES if given.language is None else (given.language,):
                    with tempfile.TemporaryDirectory() as folder:
                        found = compared(inputs, language, Path(folder))
                    faults += len(found.faults)
                    print(
                        f"{iso3} {edition} {language}: {found.levels} levels, {found.gaps} gaps, "
                        f"{found.lines} budget lines, {found.indicators} indicators, "
                        f"{found.numbers} numbers of the PDF; {len(found.faults)} differ",
                        flush=True,
                    )
                    for fault in found.faults:
                        print(f"  {fault}", flush=True)
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
