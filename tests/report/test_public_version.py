"""What the public version says of what it does not tell; how it is computed is tested in flows."""

from __future__ import annotations

from pathlib import Path

from word_file import words_of

from assessments.report import ReportFiles, ReportInputs, write_report


def test_the_public_report_says_from_how_many_sub_dimensions_a_line_speaks(
    public: ReportFiles,
) -> None:
    words = words_of(public.docx)
    assert "1 of 2 sub-dimensions; 1 rests on restricted answers" in words
    assert "a line stands for the sub-dimensions that may be shown" in words


def test_each_version_names_itself_and_its_file(
    inputs: ReportInputs, public: ReportFiles, restricted: ReportFiles, tmp_path: Path
) -> None:
    assert public.docx.name == "XAA_2026_en_public.docx"
    assert restricted.docx.name == "XAA_2026_en_restricted.docx"
    assert "Computed from public answers alone" in words_of(public.docx)
    assert "Do not pass on or publish" in words_of(restricted.docx)
    assert write_report(inputs, tmp_path / "own.docx").docx.name == "own.docx"
