"""Fifty hostile answers in one report and annex; `make hostile` tries 500 in ten of each."""

from __future__ import annotations

from pathlib import Path

from hostile_answers import PIECES, an_assessment, answers, faults, missing
from word_file import needs_office


@needs_office
def test_hostile_answers_stand_in_report_and_annex_as_typed_or_visibly_replaced(
    tmp_path: Path,
) -> None:
    """As LibreOffice reads them too."""
    texts = answers(50)
    assert max(map(len, texts)) > 32_000
    assert {piece for piece in PIECES if not any(piece in text for text in texts)} == set()
    assert list(faults(an_assessment(tmp_path / "home"), texts, tmp_path, "report")) == []


def test_an_answer_that_is_dropped_or_rendered_is_named() -> None:
    """By hand: 49 where {{ 7*7 }} was typed, nothing where a control character stood."""
    assert list(missing("B000Q {{ 7*7 }} Q000E", ["B000Q {{ 7*7 }} Q000E"], "a.docx")) == []
    (fault,) = missing("B000Q 49 Q000E", ["B000Q {{ 7*7 }} Q000E"], "a.docx")
    assert fault.startswith("a.docx: B000Q")
    assert list(missing("B1 \u2400 E", ["B1 \x00 E"], "a.docx")) == []
    assert len(list(missing("B1  E", ["B1 \x00 E"], "a.docx"))) == 1
