"""Where things stand in a questionnaire workbook: sheet names, columns, defined names, styles.

The only place that knows them; writing and reading both look here. What a machine needs (ids,
defined names, hidden sheets) is the same in every language; what a person sees is translated.

A question with several choices (`select_multiple`) takes one row a choice, each with a tick cell
of its own and its own defined name `q_NAME__choice`. Excel's drop-down takes one value, and a cell
with several values typed and separated by hand reads back ambiguously; ticks need no typing, can
be checked one by one and survive sorting, inserted rows and LibreOffice. The question's own name
`q_NAME` stands on the locked cell above its ticks, which counts them. No tick at all is no answer;
a `No` anywhere says that the question was looked at.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

from assessments.language import Translator
from assessments.pack.model import Choice, Pack, Question, QuestionType, TableColumn

LAYOUT = "1"  # raised when a workbook written before could no longer be read
LISTS, STATE, IDENTITY = "tana_lists", "tana_state", "tana_identity"
HIDDEN_SHEETS = (LISTS, STATE, IDENTITY)
IDENTITY_NAME = "tana_identity"
CORRECTIONS_NAME = "tana_corrections"  # first sheet of a checked file
FILLED_BY_NAME = "tana_filled_by"
CONFLICTS_NAME = "tana_conflicts"  # second sheet of a merged workbook
FOLLOW_UP = "follow-up"  # what a workbook says that asks a part of the questions
KNOWN_ITEM = "known?"  # in the id of the line that shows what is known; no choice is named so
TABLE_ROWS = 15  # blank rows of a table without fixed rows; more can be inserted
HEADER_ROW = 4  # of a dimension sheet, from 1


class Part(StrEnum):
    """The columns of a dimension sheet, in order; each header cell has a defined name."""

    ID = "id"
    ROLE = "role"
    QUESTION = "question"
    GUIDANCE = "guidance"
    ANSWER = "answer"
    UNIT = "unit"
    REASON = "reason"
    EVIDENCE = "evidence"
    EVIDENCE_CLASS = "class"
    COMMENT = "comment"
    STATUS = "status"

    @property
    def column(self) -> int:
        """From 1, as the workbook is written."""
        return list(Part).index(self) + 1


WIDTHS: Mapping[Part, float] = {
    Part.ID: 9,
    Part.ROLE: 10,
    Part.QUESTION: 42,
    Part.GUIDANCE: 33,
    Part.ANSWER: 24,
    Part.UNIT: 11,
    Part.REASON: 17,
    Part.EVIDENCE: 21,
    Part.EVIDENCE_CLASS: 17,
    Part.COMMENT: 21,
    Part.STATUS: 9,
}
TABLE_PARTS = (Part.REASON, Part.EVIDENCE, Part.EVIDENCE_CLASS, Part.COMMENT)
# parts an officer fills in, beside the answer
ENTRIES = (Part.ANSWER, *TABLE_PARTS)

_LONGEST_TITLE = 31  # characters, in Excel
_UNSAFE_NAME = re.compile(r"[^A-Za-z0-9_.]")
_UNSAFE_SHEET = re.compile(r"[\[\]:*?/\\']")


def answer_name(question: str) -> str:
    """Defined name of an answer cell, of the count of ticks, or of a table's whole area."""
    return f"q_{question}"


def header_name(dimension: str, part: Part) -> str:
    """Defined name of a column's heading on a dimension sheet."""
    return f"h_{dimension}__{part.value}"


def table_part_name(question: str, part: Part) -> str:
    """Defined name of a table's own reason, evidence or comment cell."""
    return f"t_{question}__{part.value}"


@lru_cache(maxsize=4096)  # those of a pack come back with every workbook
def item_names(question: str, items: tuple[str, ...]) -> Mapping[str, str]:
    """Defined name for each choice or table column; two that differ only in signs get a number."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for item in items:
        name = f"q_{question}__{_UNSAFE_NAME.sub('_', item)}"
        number = 2
        while name.casefold() in taken:
            name = f"q_{question}__{_UNSAFE_NAME.sub('_', item)}_{number}"
            number += 1
        taken.add(name.casefold())
        names[item] = name
    return names


def tick_names(question: Question) -> Mapping[str, str]:
    """Defined name of each tick cell by choice."""
    return item_names(question.name, tuple([choice.name for choice in question.choices]))


def column_names(question: Question) -> Mapping[str, str]:
    """Defined name of each heading of a table by column."""
    return item_names(question.name, tuple([column.name for column in question.columns]))


def item_id(question: str, item: str) -> str:
    """What stands in the id column beside a tick or a fixed row of a table."""
    return f"{question}/{item}"


def known_name(question: str) -> str:
    """Defined name of the cell in which what is known is confirmed or disputed."""
    return f"k_{question}"


def settled_name(number: int) -> str:
    """Defined name of the cell that says that a conflict is settled."""
    return f"tana_settled_{number}"


def identifiers(questions: Iterable[Question]) -> set[str]:
    """Every id that can stand in the id column of a dimension sheet: questions and ticks."""
    return {
        identifier
        for question in questions
        for identifier in (
            question.name,
            *(item_id(question.name, choice.name) for choice in question.choices),
        )
    }


def sheet_title(code: str, name: str, taken: Iterable[str]) -> str:
    """A title of at most 31 characters that no other sheet has: `STR Strategies`.

    A name that is too long ends after a whole word and says so by a sign.
    """
    others = {other.casefold() for other in taken}
    words = _UNSAFE_SHEET.sub(" ", name).split()
    for count in range(len(words), -1, -1):
        cut = " …" if 0 < count < len(words) else ""
        title = " ".join([code, *words[:count]]) + cut
        if len(title) <= _LONGEST_TITLE and title.casefold() not in others:
            return title
    return code


def level_words(translate: Translator) -> tuple[str, ...]:
    """The five levels in one word each, lowest first."""
    return (
        translate("absent"),
        translate("initial"),
        translate("partial"),
        translate("functional"),
        translate("sustained"),
    )


def labels(
    question: Question | TableColumn, language: str, translate: Translator
) -> dict[str, str]:
    """What the drop-down shows for each choice name.

    The full text of a level stands beside the question; its drop-down shows number and word.
    """
    if question.type is QuestionType.LEVEL:
        words = level_words(translate)
        return {
            choice.name: f"{choice.name} – {words[int(choice.name)]}" for choice in question.choices
        }
    return choice_labels(question.choices, language)


def choice_labels(choices: Iterable[Choice], language: str) -> dict[str, str]:
    """Label of each choice; where two read alike the name is added, so that each can be told."""
    found: dict[str, str] = {}
    for choice in choices:
        label = " ".join(choice.label.in_(language).split()) or choice.name
        if label in found.values():
            label = f"{label} ({choice.name})"
        found[choice.name] = label
    return found


def tick_labels(translate: Translator) -> dict[str, str]:
    """What a tick cell offers."""
    return {"yes": translate("Yes"), "no": translate("No")}


def question_hash(question: Question, language: str) -> str:
    """Stands for the wording a respondent answered: changes when text, type or choices change."""
    content = [
        question.name,
        question.type.value,
        question.label.in_("en"),
        question.label.in_(language),
        question.unit,
        question.row_key,
        [choice.name for choice in question.choices],
        [[c.name, c.type.value, [choice.name for choice in c.choices]] for c in question.columns],
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:16]


def question_hashes(pack: Pack, language: str) -> Mapping[str, str]:
    """`question_hash` of every question of a pack, worked out once."""
    key = (question_hashes, language)
    if key not in pack.worked_out:
        pack.worked_out[key] = {q.name: question_hash(q, language) for q in pack.questions}
    found: Mapping[str, str] = pack.worked_out[key]
    return found


def in_workbook_order(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Survey order, but within a sub-dimension facts first and the self-rated level last."""
    ordered = list(questions)
    first: dict[str, int] = {}
    dimension_first: dict[str, int] = {}
    for index, question in enumerate(ordered):
        first.setdefault(question.sub_dimension, index)
        dimension_first.setdefault(question.dimension, index)
    return tuple(
        sorted(
            ordered,
            key=lambda q: (dimension_first[q.dimension], first[q.sub_dimension], q.is_level),
        )
    )
