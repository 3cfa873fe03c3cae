"""Write the annex of one edition: the method, the data, and all that follows from them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from assessments.language import words as words_of
from assessments.report.annex.book import FIRST, Book, Column
from assessments.report.annex.data import write_data
from assessments.report.annex.ledgers import write_budget, write_gaps, write_paragraphs
from assessments.report.annex.levels import write_levels, write_profile
from assessments.report.annex.method import write_method
from assessments.report.annex.trace import Step, write_trace
from assessments.report.inputs import ReportInputs
from assessments.report.plain import plain
from assessments.report.voices import Voices
from assessments.report.wording import Wording


def write_annex(inputs: ReportInputs, out: Path, words: Wording, trace: Iterable[Step]) -> Path:
    """Write the annex to `out`, moved into place when it is whole; returns `out`.

    It holds what the report of the same edition may say. Raises NothingToAssess for a pack
    without a method.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        _write(inputs, str(temporary), words, trace)
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)
    return out


def _write(inputs: ReportInputs, path: str, words: Wording, trace: Iterable[Step]) -> None:
    voices, translate = Voices(inputs, words), words_of(words.language)
    book = Book(path, translate)
    shown = [score for score in inputs.scores.sub_dimensions if voices.may_show(score.sensitivity)]
    order = {sub.code: number for number, sub in enumerate(voices.pack.sub_dimensions)}
    shown.sort(key=lambda score: order.get(score.sub_dimension, len(order)))
    _about(book, voices)
    method = write_method(book, voices, translate("Method"))
    lines = write_data(book, voices, translate("Data"), shown, method)
    levels = write_levels(book, voices, translate("Levels"), shown, lines, method)
    write_profile(book, voices, translate("Profile"), levels, method)
    write_paragraphs(book, voices, translate("Convention"))
    write_gaps(book, voices, translate("Gaps"), method)
    write_budget(book, voices, translate("Budget"))
    write_trace(book, voices, trace)
    book.close()


def _about(book: Book, voices: Voices) -> None:
    inputs, translate, words = voices.inputs, book.translate, voices.words
    approval, ref = inputs.provenance.approval, inputs.scores.assessment
    columns = (Column(translate("What it is"), 34), Column("", 100))
    sheet = book.sheet(translate("Annex"), plain(inputs.country.un_name), columns)
    about = translate(
        "The numbers of the report with their formulas: a planning assessment from answers given "
        "by national authorities. It is not a rating, a review or a certification, and it ranks no "
        "country."
    )
    colours = translate(
        "Values on yellow ground are data and may be changed to try what follows; everything else "
        "is a formula. Differences from the report are 0 until something is changed."
    )
    public = translate("Public version: computed from public answers alone.")
    restricted = translate("Restricted version: do not pass on or publish.")
    facts: Sequence[tuple[str, str]] = (
        (translate("Country"), plain(inputs.country.un_name)),
        (translate("Round"), ref.round),
        (translate("What it is"), about),
        (translate("How to read it"), colours),
        (translate("Version"), public if voices.public else restricted),
        (
            translate("Status"),
            translate("Approved by {name}", name=plain(approval.by, 120))
            if approval
            else translate("DRAFT: not approved"),
        ),
        (translate("Date"), words.day(inputs.provenance.made_at)),
        (translate("Questionnaire"), f"{ref.pack} {ref.pack_version}"),
        (translate("Method"), ref.method_version),
        (translate("Run"), inputs.provenance.run),
    )
    if inputs.country.fictional:
        invented = translate("Fictional country: every answer is invented.")
        facts = (*facts, (translate("Note"), invented))
    for row, (label, text) in enumerate(facts, start=FIRST):
        book.write(sheet, row, 0, label, "label")
        book.write(sheet, row, 1, text)
    book.workbook.set_properties({"title": f"{plain(inputs.country.un_name)} {ref.round}"})
