"""Word report, PDF, Excel annex and IATI file of a country state the same figures.

Here for one country in French and one in Arabic, whose digits and directions differ most;
`make agreement` does it for every country in every language, in both editions.
"""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from agreement import compared, word_and_annex
from country_inputs import material, report_inputs
from figures_written import Figures
from word_file import needs_office

from assessments.pack.load import load_pack
from flows.public_edition import compute_public

PACK = load_pack("cooperation")

needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed"
)


@needs_office
@needs_pdftotext
@pytest.mark.parametrize(("iso3", "language"), [("XAA", "fr"), ("XAC", "ar")])
def test_all_files_of_a_report_state_the_same_figures(
    iso3: str, language: str, tmp_path: Path
) -> None:
    given = material(tmp_path / "home", iso3, PACK)
    found = compared(report_inputs(given, compute_public(given), "public"), language, tmp_path)
    assert found.faults == []
    # as many as a whole report states: the reader has found them
    assert found.levels >= 50
    assert found.gaps >= 10
    assert found.lines >= 100
    assert found.indicators >= 20
    assert found.numbers >= 3000


def test_a_figure_that_differs_is_named_with_both_values() -> None:
    """A level as Word prints it may be off by its rounding, not more; amounts by no cent."""
    word, annex = Figures(), Figures()
    for stated, level, amount in ((word, "1.3", "500.00"), (annex, "1.26", "500.00")):
        stated.levels["SC_XAA_2026_STR_1"].add(Decimal(level))
        stated.lines["BL_XAA_2026_001_1"].add(Decimal(amount))
    assert list(word_and_annex(word, annex)) == []
    annex.levels["SC_XAA_2026_STR_1"] = {Decimal("1.2")}
    annex.lines["BL_XAA_2026_001_1"] = {Decimal("500.01")}
    assert list(word_and_annex(word, annex)) == [
        "level of SC_XAA_2026_STR_1: 1.3 in Word, 1.2 in the annex",
        "line of BL_XAA_2026_001_1: 500.00 in Word, 500.01 in the annex",
    ]
