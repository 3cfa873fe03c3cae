"""What one row of survey.csv asks: its type and choices, its rules, its score."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assessments.pack.choices_table import CHOICES
from assessments.pack.draft import FORM, RESPONDENT, Draft, expression
from assessments.pack.expressions import Expression
from assessments.pack.grammar import All
from assessments.pack.model import Choice, Question, QuestionType, TableColumn, Tier, Words
from assessments.pack.scores import ScoreRule, UnreadableScore, parse_score
from assessments.pack.tables import Record, nearest
from assessments.results import Sensitivity

LEVEL_LIST = "level_"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")
_PLAIN_TYPES = {
    "integer": QuestionType.INTEGER,
    "int": QuestionType.INTEGER,
    "decimal": QuestionType.DECIMAL,
    "date": QuestionType.DATE,
    "text": QuestionType.TEXT,
    "string": QuestionType.TEXT,
}


class AnswerType(NamedTuple):
    """What can be answered: a type and, where it is one of choices, their list."""

    type: QuestionType
    list_name: str = ""
    choices: tuple[Choice, ...] = ()


def read_type(draft: Draft, record: Record, kind: str) -> AnswerType | None:
    """What can be answered in a row whose type is `kind`; None where that is unknown."""
    if kind in _PLAIN_TYPES:
        return AnswerType(_PLAIN_TYPES[kind])
    words = kind.split()
    if not words or words[0] not in {"select_one", "select_multiple"} or len(words) != 2:
        types = [*_PLAIN_TYPES, "select_one", "select_multiple", "begin_repeat"]
        record.wrong(
            "unknown-type", "type", f"The type «{kind}» is not supported.",
            "Use select_one LIST, select_multiple LIST, integer, decimal, date, text or "
            f"begin_repeat{nearest(words[0] if words else '', types)}.",
        )  # fmt: skip
        return None
    question_type, list_name = QuestionType(words[0]), words[1]
    if list_name in draft.choice_lists:
        return AnswerType(question_type, list_name, draft.choice_lists[list_name])
    code = list_name.removeprefix(LEVEL_LIST).replace("_", "-")
    sub = draft.sub_dimensions.get(code)
    if list_name.startswith(LEVEL_LIST) and sub is not None:
        levels = tuple(Choice(str(n), words) for n, words in enumerate(sub.levels))
        return AnswerType(QuestionType.LEVEL, list_name, levels)
    levels_of = (f"{LEVEL_LIST}{code.replace('-', '_')}" for code in draft.sub_dimensions)
    known = [*draft.choice_lists, *levels_of]
    record.wrong(
        "unknown-list", "type", f"The list «{list_name}» stands in no table.",
        f"Add its choices to {CHOICES} or correct the name{nearest(list_name, known)}.",
    )  # fmt: skip
    return None


def read_column(draft: Draft, record: Record, kind: str) -> TableColumn | None:
    """A column of a table; None where its type is unknown."""
    if record.text("relevant"):
        record.wrong(
            "unsupported-rule", "relevant", "A column of a table has no skip logic.",
            "Put the rule on the table, or remove it.",
        )  # fmt: skip
    asked = read_type(draft, record, kind)
    if asked is None:
        return None
    return TableColumn(
        record.text("name"), _label(record), asked.type, asked.choices,
        expression(record, "constraint"), record.words("constraint_message"),
    )  # fmt: skip


def read_question(
    draft: Draft,
    record: Record,
    asked: AnswerType,
    columns: tuple[TableColumn, ...],
    rules: Sequence[Expression],
) -> Question:
    """The question of a row, asked only where `rules`, those of its groups, and its own hold."""
    name = record.text("name")
    if not _NAME.fullmatch(name):
        record.wrong(
            "bad-name", "name", f"«{name}» cannot name an answer cell.",
            "Begin with a letter; use letters, digits and underscores, at most 32.",
        )  # fmt: skip
    form = FORM in draft.dimensions
    institutions = record.parts("institutions") or ((RESPONDENT,) if form else ())
    sub = record.text("sub_dimension") or (f"{FORM}-1" if form else "")
    known = draft.sub_dimensions.get(sub)
    return Question(
        name=name,
        type=asked.type,
        label=_label(record),
        hint=record.words("hint"),
        dimension=record.text("dimension") or (known.dimension if known else ""),
        sub_dimension=sub,
        cooperation_form=record.text("cooperation_form"),
        institutions=institutions,
        lead=record.text("lead") or (institutions[0] if institutions else ""),
        tier=Tier(record.one_of("tier", [tier.value for tier in Tier], Tier.CORE.value)),
        untoc_refs=record.parts("untoc_ref"),
        list_name=asked.list_name,
        choices=asked.choices,
        columns=columns,
        row_key=record.text("row_key"),
        unit=record.text("unit"),
        required=record.flag("required"),
        relevant=_relevant(record, rules),
        constraint=expression(record, "constraint"),
        constraint_message=record.words("constraint_message"),
        weight=_within(record, "weight", 1.0, 3.0),
        evidence=record.flag("evidence"),
        knockout=record.flag("knockout"),
        existence=record.flag("existence"),
        sensitivity=Sensitivity(
            record.one_of("sensitivity", [mark.value for mark in Sensitivity], "public")
        ),
        score=_score(record),
        minutes=_within(record, "minutes", 1.0, 240.0),
        row=record.row,
    )


def _label(record: Record) -> Words:
    label = record.words("label")
    if not label:
        record.wrong("no-english", "label", "The row has no English label.", "Write one.")
    return label


def _relevant(record: Record, rules: Sequence[Expression]) -> Expression | None:
    own = expression(record, "relevant")
    if own is not None:
        rules = [*rules, own]
    if len(rules) < 2:
        return rules[0] if rules else None
    return Expression(
        All(tuple(rule.node for rule in rules)), " and ".join(f"({r.text})" for r in rules)
    )


def _score(record: Record) -> ScoreRule | None:
    text = record.text("score")
    if not text:
        return None
    try:
        return parse_score(text)
    except UnreadableScore as error:
        record.wrong("unreadable-score", "score", error.message, error.remedy)
        return None


def _within(record: Record, column: str, default: float, highest: float) -> float:
    number = record.number(column, default)
    if number is None or not 0 <= number <= highest:
        record.wrong(
            "out-of-range", column, f"{number:g} lies outside 0 to {highest:g}.",
            f"Write a number from 0 to {highest:g}.",
        )  # fmt: skip
        return default
    return number
