"""The trace sheet: each printed id, what it says in the reader's language, and what it rests on.

What an id says is composed from the results as everywhere in the report; the index of ids that
`tana trace` prints from knows English alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assessments.identifiers import Kind, printed_id
from assessments.report import findings
from assessments.report.annex.book import FIRST, Book, Column
from assessments.report.plain import LONGEST_CELL
from assessments.report.terms import N_
from assessments.report.voices import Voices
from assessments.report.wording import DASH
from assessments.results import AnswerState, Rate

_KINDS = {
    "budget_line": N_("Budget"),
    "indicator": N_("Indicator"),
    "package": N_("Package"),
    "activity": N_("Activity"),
    "output": N_("Output"),
    "outcome": N_("Outcome"),
    "risk": N_("Risk"),
    "intervention": N_("Intervention"),
    "rule": N_("Rule"),
    "gap": N_("Gap"),
    "profile": N_("Profile"),
    "score": N_("Level"),
    "requirement": N_("Paragraph"),
    "rate": N_("Value"),
    "coverage": N_("Coverage"),
    "method": N_("Method"),
    "knowledge": N_("Questionnaire"),
    "answer": N_("Answer"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One printed id, what it rests on, and for an answer its cell."""

    kind: str
    id: str
    rests_on: tuple[str, ...]
    institution: str = ""
    question: str = ""
    state: AnswerState | None = None
    sheet: str = ""
    cell: str = ""
    workbook_sha256: str = ""


def write_trace(book: Book, voices: Voices, trace: Iterable[Step]) -> None:
    """Write the sheet."""
    translate, words = book.translate, voices.words
    sheet = book.sheet(
        translate("Trace"),
        translate("From each printed id to what it rests on, down to the cells of the workbooks."),
        (
            Column(translate("Id"), 32),
            Column(translate("Kind"), 13),
            Column(translate("What it says"), 60),
            Column(translate("Rests on"), 60),
            Column(translate("Institution"), 11),
            Column(translate("Question"), 12),
            Column(translate("State"), 15),
            Column(translate("Sheet"), 18),
            Column(translate("Cell"), 8),
            Column(translate("SHA-256 of the workbook"), 30),
        ),
    )
    said = says(voices)
    row = FIRST
    for row, step in enumerate(trace, start=FIRST):
        cells = (
            step.id, translate(_KINDS[step.kind]), _said(voices, said, step),
            " ".join(step.rests_on), step.institution, step.question,
            words.state(step.state) if step.state else "", step.sheet, step.cell,
            step.workbook_sha256,
        )  # fmt: skip
        for column, text in enumerate(cells):
            book.write(sheet, row, column, text)
    sheet.autofilter(FIRST - 1, 0, max(row, FIRST), 9)


def _said(voices: Voices, said: Mapping[str, str], step: Step) -> str:
    if step.kind == "knowledge":
        return voices.words.say("It stands in the questionnaire; no answer is behind it.")
    return said.get(step.id, "")


def says(voices: Voices) -> dict[str, str]:
    """What each id of the results says; a rule also under each intervention that it changes."""
    return dict((*_findings(voices), *_project(voices), *_answers(voices)))


def _answers(voices: Voices) -> Iterator[tuple[str, str]]:
    """An answer in words; its state has a column of its own."""
    for answer in voices.inputs.answers:
        known = answer.state is AnswerState.ANSWERED
        yield answer.id, voices.answer(answer) if known else ""


def _findings(voices: Voices) -> Iterator[tuple[str, str]]:
    inputs, words = voices.inputs, voices.words
    for counted in inputs.review.coverage:
        part = _part(voices, counted.part)
        share = words.share(counted.coverage)
        if counted.coverage is not None:
            share = words.say("{share} of the questions that apply", share=share)
        yield counted.id, words.labelled(part, share) if part else share
    scores = inputs.scores
    method = f"{scores.assessment.pack} {scores.assessment.method_version}"
    yield f"method_{scores.assessment.method_version}", method
    for score in scores.sub_dimensions:
        level = f"{words.level(score.level)} {words.level_word(score.level)}"
        text = words.labelled(voices.sub_name(score.sub_dimension), level)
        yield score.id, f"{text}. {voices.printed(score.because)}".strip()
    for line in (*scores.dimensions, *scores.forms):
        level = f"{words.level(line.level)} {words.level_word(line.level)}"
        yield line.id, words.labelled(findings.part_name(voices, line.code), level)
    for status in scores.requirements:
        text = words.labelled(status.ref, words.verdict(status.verdict))
        yield status.id, f"{text}. {voices.asked(voices.printed(status.because))}".strip()
    for rate in scores.rates:
        yield rate.name, words.labelled(voices.rate_label(rate), _rate(voices, rate))
    for gap in inputs.priorities.gaps:
        text = words.gap(voices.sub_name(gap.sub_dimension), gap.level, gap.target)
        yield gap.id, f"{text} {voices.named(voices.printed(gap.reason))}".strip()


def _part(voices: Voices, code: str) -> str:
    if code == "all":
        return ""
    known = code in voices.pack.sub_dimension
    return voices.sub_name(code) if known else findings.part_name(voices, code)


def _rate(voices: Voices, rate: Rate) -> str:
    if rate.small_number and not voices.may_print_small(rate.name):
        return voices.words.say("a small number, not printed")
    return DASH if rate.value is None else voices.words.quantity_of(rate.value, rate.unit)


def _project(voices: Voices) -> Iterator[tuple[str, str]]:
    design, words = voices.inputs.design, voices.words
    for package in design.packages:
        total = words.money(package.total, design.budget.currency)
        yield package.id, words.labelled(words.term(package.name), total)
    for line in design.budget.lines:
        amount = words.money(line.amount, design.budget.currency)
        yield line.id, words.labelled(voices.printed(line.description, LONGEST_CELL), amount)
    of_outcomes = [item for outcome in design.outcomes for item in outcome.indicators]
    of_outputs = [item for output in design.outputs for item in output.indicators]
    for item in (*design.impact_indicators, *of_outcomes, *of_outputs):
        yield item.id, voices.printed(item.text)
    for outcome in design.outcomes:
        yield outcome.id, voices.printed(outcome.text)
    for output in design.outputs:
        yield output.id, voices.printed(output.text)
    for activity in design.activities:
        yield activity.id, voices.printed(activity.text)
    for risk in design.risks:
        yield risk.id, voices.printed(risk.event)
    for chosen in design.interventions:
        yield chosen.id, f"{voices.printed(chosen.title)}. {voices.printed(chosen.why)}".strip()
        for rule in chosen.rules:
            reason = words.labelled(words.term(rule.effect), voices.printed(rule.reason))
            yield rule.rule, reason
            yield f"{chosen.id}_{rule.rule}", reason
    ref = design.assessment
    for left in design.rejected:
        local = left.intervention.removeprefix("INT_")
        name = printed_id(Kind.INTERVENTION, ref.iso3, ref.round, local)
        yield name, words.labelled(voices.printed(left.title), voices.printed(left.reason))
