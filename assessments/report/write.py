"""Writes the report of one country: compose, draw, render, publish."""

from __future__ import annotations

from pathlib import Path

from assessments.paths import REPORT_TEMPLATES
from assessments.report.charts import pictures
from assessments.report.compose import compose
from assessments.report.inputs import ReportFiles, ReportInputs
from assessments.report.native_charts import native_charts
from assessments.report.pdf import to_pdf
from assessments.report.render import refuse_faulty, render
from assessments.report.voices import Voices
from assessments.report.wording import Wording

DEFAULT = "project_design"


def write_report(
    context_inputs: ReportInputs,
    out: Path,
    *,
    template: Path | None = None,
    language: str = "en",
    pdf: bool = False,
) -> ReportFiles:
    """Write the report to `out` (a .docx path, or a folder that gets a file named for the country).

    Which version it is, the inputs say. Raises TemplateFault, and PdfFailed once the Word file
    stands; nothing is published where the Word file cannot be made.
    """
    chosen = template or house_template()
    refuse_faulty(chosen)  # before anything is drawn
    words = Wording(language)
    report = compose(context_inputs, words=words)
    voices = Voices(context_inputs, words)
    drawn, charts = pictures(voices), native_charts(voices)
    place = out if out.suffix == ".docx" else out / file_name(context_inputs, language)
    ids = render(chosen, report, drawn, charts, place, words.words)
    made = to_pdf(place, place.with_suffix(".pdf")) if pdf else None
    return ReportFiles(
        docx=place,
        pdf=made.path if made else None,
        contents=made is None or made.contents,
        printed_ids=ids,
    )


def file_name(inputs: ReportInputs, language: str) -> str:
    """XAA_2026_en_public.docx"""
    ref = inputs.scores.assessment
    return f"{ref.iso3}_{ref.round}_{language}_{inputs.edition}.docx"


def house_template(name: str = DEFAULT) -> Path:
    """A template of the house; its texts are translated as the report is written."""
    return REPORT_TEMPLATES / f"{name}.docx"
