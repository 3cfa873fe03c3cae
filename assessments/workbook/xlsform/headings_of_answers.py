"""Which column of an export is which field of the form.

KoboToolbox and ODK write the XML names or the labels of the questions, with or without the groups
before them (`group/question`, `group-question`), and a question with several choices in one column
or in one a choice (`question/choice`). Labels such as "Comment" stand once for each question: such
a column belongs to the question before it, as in the form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from assessments.language import languages, words
from assessments.pack.model import Pack, Question, QuestionType, TableColumn
from assessments.workbook.layout import Part
from assessments.workbook.values import alike
from assessments.workbook.xlsform import fields
from assessments.workbook.xlsform.fields import part_field, short_name
from assessments.workbook.xlsform.survey_rows import (
    COUNTRY_LABEL,
    FILLED_BY_LABEL,
    INSTITUTION_LABEL,
    PART_LABELS,
    ROUND_LABEL,
)

_OWN = {
    fields.COUNTRY: COUNTRY_LABEL,
    fields.ROUND: ROUND_LABEL,
    fields.INSTITUTION: INSTITUTION_LABEL,
    fields.FILLED_BY: FILLED_BY_LABEL,
}
_CONSTANTS = (fields.PACK, fields.VERSION, fields.TIER)
_SEPARATORS = ("/", "-", ".", ":")


@dataclass(frozen=True, slots=True)
class Field:
    """What a column holds: an answer, one of its choices, something beside it, or who answers."""

    question: str = ""
    part: Part | None = None
    choice: str = ""
    own: str = ""  # tana_country, tana_institution ...


@dataclass
class Columns:
    """The columns of the main sheet, by what they hold (from 1)."""

    answers: dict[str, int] = field(default_factory=dict)
    ticks: dict[str, dict[str, int]] = field(default_factory=dict)
    parts: dict[tuple[str, Part], int] = field(default_factory=dict)
    own: dict[str, int] = field(default_factory=dict)
    plain: dict[str, int] = field(default_factory=dict)  # _uuid, _index, KEY ... by heading


def tails(heading: str) -> Iterator[str]:
    """The heading, and what follows each separator in it: groups stand before."""
    text = " ".join(heading.split())
    yield text
    for place, letter in enumerate(text):
        if letter in _SEPARATORS:
            yield text[place + 1 :].strip()


def read_columns(pack: Pack, headings: Mapping[int, str]) -> Columns:
    """Which field each heading (by column, from 1) is."""
    known = _catalogue(pack)
    found, current = Columns(), ""
    for column, heading in sorted(headings.items()):
        found.plain.setdefault(heading.strip(), column)
        candidates = next(filter(None, (_known(known, tail) for tail in tails(heading))), [])
        field_ = _pick(candidates, heading, current, found)
        if field_ is None:
            continue
        current = field_.question or current
        if field_.own:
            found.own.setdefault(field_.own, column)
        elif field_.part is not None:
            found.parts.setdefault((field_.question, field_.part), column)
        elif field_.choice:
            found.ticks.setdefault(field_.question, {}).setdefault(field_.choice, column)
        else:
            found.answers.setdefault(field_.question, column)
    return found


def _known(known: Mapping[str, list[Field]], tail: str) -> list[Field]:
    return known.get(alike(tail)) or known.get(alike(short_name(tail))) or []


def _pick(candidates: list[Field], heading: str, current: str, found: Columns) -> Field | None:
    """Of several fields with one label: the one whose question is named before it, or the next."""
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    groups = {alike(part) for part in heading.replace("-", "/").split("/")}
    named = [one for one in candidates if one.question.casefold() in groups]
    if named:
        return named[0]
    if candidates[0].part is not None:
        return next((one for one in candidates if one.question == current), None)
    free = [
        one
        for one in candidates
        if one.question not in found.answers and one.choice not in found.ticks.get(one.question, {})
    ]
    return free[0] if free else None


def _catalogue(pack: Pack) -> dict[str, list[Field]]:
    """Every way to write a heading, and the fields it may mean; names before labels."""
    found: dict[str, list[Field]] = {}

    def add(text: str, what: Field) -> None:
        fields_ = found.setdefault(alike(text), [])
        if what not in fields_:
            fields_.append(what)

    for text, name in _own_texts().items():
        add(text, Field(own=name))
    for question in pack.questions:
        _question(question, pack, add)
    return found


def own_columns(headings: Mapping[int, str]) -> dict[str, int]:
    """The columns of country, round, institution and the like, under their names or labels."""
    known = {alike(text): name for text, name in _own_texts().items()}
    found: dict[str, int] = {}
    for column, heading in sorted(headings.items()):
        name = next((known[alike(t)] for t in tails(heading) if alike(t) in known), "")
        if name:
            found.setdefault(name, column)
    return found


def _own_texts() -> dict[str, str]:
    """Every heading of a field of the form's own, and the field."""
    found = {name: name for name in (*_CONSTANTS, *_OWN)}
    for name, label in _OWN.items():
        found |= {words(spoken)(label): name for spoken in languages()}
    return found


def _question(question: Question, pack: Pack, add: Callable[[str, Field], None]) -> None:
    name = question.name
    written = [name, *(question.label.in_(code) for code in pack.languages)]
    for text in filter(None, written):
        add(text, Field(name))
        if question.type is QuestionType.SELECT_MULTIPLE:
            for choice in question.choices:
                for label in (choice.name, *(choice.label.in_(c) for c in pack.languages)):
                    add(f"{text}/{label}", Field(name, choice=choice.name))
    for part, label in PART_LABELS.items():
        add(part_field(name, part), Field(name, part))
        for spoken in languages():
            add(words(spoken)(label), Field(name, part))


def column_of_table(columns: Mapping[int, str], column: TableColumn, pack: Pack) -> int:
    """Where a table's column stands among the headings of its sheet; 0 where it does not."""
    wanted = {alike(column.name), *(alike(column.label.in_(code)) for code in pack.languages)}
    for place, heading in sorted(columns.items()):
        if any({alike(tail), alike(short_name(tail))} & wanted for tail in tails(heading)):
            return place
    return 0
