"""Who else helps: the country's own answers on other partners' projects, set beside the design.

An overlap is marked for coordination; nothing is ever taken out because another partner works
there. Where the answers name no cooperation form, an overlap is read from shared words, which is
a hint for the officer and no more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.design.context import answers_heard
from assessments.pack.design_method import DonorTable
from assessments.pack.model import Intervention, Pack
from assessments.results import Answer, Sensitivity

_WORD = re.compile(r"[^\W\d_]{5,}")
_STEM = 6  # letters: witness and witnesses, training and trainers fall together
_SHARED_WORDS = 2


@dataclass(frozen=True, slots=True)
class Assistance:
    """One project of another partner, as the country described it."""

    donor: str
    title: str
    amount: str
    period: str
    forms: tuple[str, ...]
    answer: str
    sensitivity: Sensitivity


def reported(pack: Pack, answers: Sequence[Answer]) -> tuple[Assistance, ...]:
    """Other partners' projects in the answers that count, in the order of the tables."""
    found = []
    heard = answers_heard(pack, answers)
    for table in pack.method.design.donor_tables if pack.method else ():
        question = pack.question.get(table.question)
        answer = heard.get(table.question)
        if question is None or answer is None or not isinstance(answer.value, tuple):
            continue
        for row in answer.value:
            if isinstance(row, dict) and any(row.get(c) for c in (table.donor, table.title)):
                found.append(_assistance(table, row, answer.id, question.sensitivity))
    return tuple(found)


def _assistance(
    table: DonorTable, row: Mapping[str, str | float], answer: str, sensitivity: Sensitivity
) -> Assistance:
    def cell(column: str) -> str:
        value = row.get(column, "") if column else ""
        return f"{value:.0f}" if isinstance(value, float | int) else value

    return Assistance(
        donor=cell(table.donor),
        title=cell(table.title),
        amount=cell(table.amount),
        period="\u2013".join(filter(None, (cell(table.start), cell(table.end)))),
        forms=tuple(re.split(r"[;,|\s]+", cell(table.form))) if cell(table.form) else (),
        answer=answer,
        sensitivity=sensitivity,
    )


def overlaps(one: Assistance, intervention: Intervention, pack: Pack) -> bool:
    """True where the partner's project seems to touch the same work."""
    subs = [pack.sub_dimension[c] for c in intervention.sub_dimensions if c in pack.sub_dimension]
    if one.forms:
        return any(sub.cooperation_form in one.forms for sub in subs)
    said = _stems(one.title)
    return any(
        len(said & _stems(text)) >= _SHARED_WORDS
        for words in (intervention.title, *(sub.name for sub in subs))
        for text in words.texts.values()  # the country wrote in a language of its own
    )


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.lower())}
