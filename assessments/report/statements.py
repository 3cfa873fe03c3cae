"""What a report states, one finding or activity at a time, for the Government to respond to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assessments.report import findings
from assessments.report.inputs import ReportInputs
from assessments.report.plain import plain
from assessments.report.voices import Voices
from assessments.report.wording import Wording
from assessments.workbook.response.form import Form, Item, digest


def form_of(inputs: ReportInputs, words: Wording) -> Form:
    """Every finding and activity of this edition in the reader's words."""
    voices, ref = Voices(inputs, words), inputs.scores.assessment
    return Form(
        iso3=ref.iso3,
        country=plain(inputs.country.un_name),
        round=ref.round,
        edition=inputs.edition,
        language=words.language,
        run=inputs.provenance.run,
        title=voices.printed(inputs.design.title),
        items=tuple(statements(voices)),
    )


def statements(voices: Voices) -> Iterator[Item]:
    """Levels, then paragraphs that are not met, then activities, in the order of the report."""
    yield from _levels(voices)
    yield from _paragraphs(voices)
    yield from _activities(voices)


def contents(inputs: ReportInputs) -> dict[str, str]:
    """Digest of what is stated, by printed id: the same whatever the language."""
    return {item.id: item.content for item in statements(Voices(inputs, Wording()))}


def _levels(voices: Voices) -> Iterator[Item]:
    known = {score.id: score for score in voices.inputs.scores.sub_dimensions}
    for row in findings.scores(voices).values():
        score = known[row.id]
        if score.level is None or not voices.may_show(score.sensitivity):
            continue
        stands = {"name": row.name, "level": row.level, "word": row.word, "target": row.target}
        said = (
            voices.words.say(
                "{name}: level {level} ({word}), target {target}; {evidence}.",
                evidence=row.evidence,
                **stands,
            )
            if score.evidence
            else voices.words.say("{name}: level {level} ({word}), target {target}.", **stands)
        )
        evidence = score.evidence.value if score.evidence else ""
        stated = [score.sub_dimension, round(score.level, 6), score.target, evidence]
        yield Item(row.id, "level", f"{said} {row.text}".strip(), digest(stated))


def _paragraphs(voices: Voices) -> Iterator[Item]:
    known = {status.id: status for status in voices.inputs.scores.requirements}
    for row in findings.compliance(voices).gaps:
        status = known[row.id]
        if not voices.may_show(status.sensitivity):
            continue
        text = voices.words.say(
            "Paragraph {ref}: {verdict}. {asks}", ref=row.ref, verdict=row.verdict, asks=row.text
        )
        yield Item(row.id, "paragraph", text, digest([status.requirement, status.verdict.value]))


def _activities(voices: Voices) -> Iterator[Item]:
    design, words = voices.inputs.design, voices.words
    costs: dict[str, Decimal] = {}
    for line in design.budget.lines:
        costs[line.activity] = costs.get(line.activity, Decimal(0)) + line.amount
    for activity in design.activities:
        if not voices.may_show(activity.sensitivity):
            continue
        cost = costs.get(activity.id, Decimal(0))
        text = words.say(
            "{activity} ({owner}; {period}; {cost})",
            activity=voices.printed(activity.text),
            owner=voices.institution(activity.owner),
            period=words.quarters(activity.start_quarter, activity.end_quarter),
            cost=words.money(cost, design.budget.currency),
        )
        when = [activity.start_quarter, activity.end_quarter]
        stated = [activity.intervention, activity.output, activity.owner, when, str(cost)]
        yield Item(activity.id, "activity", text, digest(stated))
