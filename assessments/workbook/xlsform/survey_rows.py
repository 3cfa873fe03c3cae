"""The rows of the form's survey sheet: the pack's own, and what a phone needs beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from assessments.language import Translator, languages, words
from assessments.pack.expressions import Expression
from assessments.pack.grammar import All
from assessments.pack.model import Pack, Question, QuestionType, Tier
from assessments.results import Sensitivity
from assessments.workbook.layout import Part, in_workbook_order
from assessments.workbook.statements import confidentiality, in_confidence, purpose
from assessments.workbook.xlsform import fields, rules
from assessments.workbook.xlsform.fields import Group, part_field, position_field
from assessments.workbook.xlsform.languages import columns_of

FIELD_LIST = "field-list"  # the group's questions stand on one screen


def N_(text: str) -> str:
    """Mark a text for the catalogues."""
    return text


PART_LABELS = {
    Part.REASON: N_("No answer because"),
    Part.EVIDENCE: N_("Evidence: title, number, date"),
    Part.EVIDENCE_CLASS: N_("Kind of evidence"),
    Part.COMMENT: N_("Comment"),
}
IDENTITY_LABEL = N_("About this questionnaire")
COUNTRY_LABEL = N_("Country: three-letter code")
ROUND_LABEL = N_("Round: the year of the assessment, such as 2026")
INSTITUTION_LABEL = N_("Which institution answers?")
FILLED_BY_LABEL = N_("Filled in by (post and unit, no name)")
ALONE = N_("“{value}” cannot stand beside other choices.")


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row: cells by column, the row of the pack's table (0: made), and what was changed."""

    cells: Mapping[str, str]
    origin: int = 0
    changes: Mapping[str, str] = field(default_factory=dict)


def survey_rows(
    pack: Pack,
    questions: Sequence[Question],
    own: Mapping[int, Mapping[str, str]],
    institution: str,
    iso3: str,
    round_: str,
    tier: Tier | None,
) -> Iterator[FormRow]:
    """The survey sheet for `questions`; `own` holds the rows of survey.csv by their number."""
    made = _Rows(pack, own, institution)
    yield from made.identity(iso3, round_, tier)
    if made.blocks.keys() == set().union(*(range_ for _, range_ in made.blocks_of_questions())):
        yield from made.by_dimension(questions)
    else:
        yield from made.in_order(questions)


class _Rows:
    """Makes the rows of one form."""

    def __init__(self, pack: Pack, own: Mapping[int, Mapping[str, str]], institution: str) -> None:
        self.pack, self.own, self.institution = pack, own, institution
        header = list(next(iter(own.values()), {}))
        self.labels = columns_of(header, "label")
        self.messages, self.hints = self._columns("constraint_message"), self._columns("hint")
        self.blocks = own
        self.spoken: dict[str, Translator] = {
            code: words(code if code in languages() else "en") for code in self.labels
        }

    def _columns(self, stem: str) -> dict[str, str]:
        """Heading of a text in each language of the labels, be it the pack's or made."""
        own = columns_of(list(next(iter(self.own.values()), {})), stem)
        return {
            code: own.get(code) or column.replace("label::", f"{stem}::")
            for code, column in self.labels.items()
        }

    def blocks_of_questions(self) -> Iterator[tuple[Question, range]]:
        """Each question with the numbers of its rows: one, or a table's from begin to end."""
        for question in self.pack.questions:
            last = question.row
            if question.type is QuestionType.TABLE:
                last = next(n for n in sorted(self.own) if n > last and _kind(self.own[n]) ==
                            "end_repeat")  # fmt: skip
            yield question, range(question.row, last + 1)

    # --- order --------------------------------------------------------------------------------

    def by_dimension(self, questions: Sequence[Question]) -> Iterator[FormRow]:
        """Groups of dimensions and sub-dimensions, facts before the self-rated level."""
        ranges = dict(self._ranges())
        ordered = in_workbook_order(questions)
        for code, of_dimension in groupby(ordered, key=lambda one: one.dimension):
            name = self.pack.dimension[code].name
            yield self._group(f"{Group.DIMENSION}_{_plain(code)}", name.in_)
            for sub, asked in groupby(of_dimension, key=lambda one: one.sub_dimension):
                sub_name = self.pack.sub_dimension[sub].name
                yield self._group(f"{Group.SUB_DIMENSION}_{_plain(sub)}", sub_name.in_)
                for question in asked:
                    yield from self._question(question, ranges[question.name])
                yield _END
            yield _END

    def in_order(self, questions: Sequence[Question]) -> Iterator[FormRow]:
        """The pack's own order, where it has groups and notes of its own."""
        asked = {question.name for question in questions}
        starts = {rows.start: (question, rows) for question, rows in self.blocks_of_questions()}
        skip: set[int] = set()
        for number, cells in sorted(self.own.items()):
            if number in skip:
                continue
            if number in starts:
                question, rows = starts[number]
                skip |= set(rows)
                if question.name in asked:
                    yield from self._question(question, rows)
            else:
                yield FormRow(cells, number)

    def _ranges(self) -> Iterator[tuple[str, range]]:
        for question, rows in self.blocks_of_questions():
            yield question.name, rows

    # --- rows ---------------------------------------------------------------------------------

    def identity(self, iso3: str, round_: str, tier: Tier | None) -> Iterator[FormRow]:
        """What says whose answers these are: asked, or constant where it was chosen."""
        yield FormRow({"type": "start", "name": "start"})
        yield FormRow({"type": "end", "name": "end"})
        yield _constant(fields.PACK, self.pack.id)
        yield _constant(fields.VERSION, self.pack.version)
        yield _constant(fields.TIER, (tier or Tier.DEEP).value)
        yield self._group(Group.IDENTITY, lambda code: self.spoken[code](IDENTITY_LABEL),
                          appearance=FIELD_LIST)  # fmt: skip
        yield FormRow({"type": "note", "name": fields.STATEMENT, **self._statement()})
        if iso3:
            yield _constant(fields.COUNTRY, iso3)
            yield _constant(fields.ROUND, round_)
        else:
            yield self._asked("text", fields.COUNTRY, COUNTRY_LABEL, required="yes",
                              constraint="regex(., '^[A-Z]{3}$')")  # fmt: skip
            yield self._asked("text", fields.ROUND, ROUND_LABEL, required="yes",
                              constraint="regex(., '^[0-9]{4}[a-z]?$')")  # fmt: skip
        if self.institution:
            yield _constant(fields.INSTITUTION, self.institution)
        else:
            yield self._asked(f"select_one {fields.RESPONDENTS}", fields.INSTITUTION,
                              INSTITUTION_LABEL, required="yes")  # fmt: skip
        yield self._asked("text", fields.FILLED_BY, FILLED_BY_LABEL)
        yield _END

    def _statement(self) -> dict[str, str]:
        """What the cover of a workbook says first, in each language."""
        return {
            column: "\n\n".join(
                say(self.pack, code, self.spoken[code]) for say in (purpose, confidentiality)
            )
            for code, column in self.labels.items()
        }

    def _question(self, question: Question, numbers: range) -> Iterator[FormRow]:
        seen = "" if self.institution else rules.seen_by(question.institutions)
        relevant = _both(seen, question.relevant)
        table = question.type is QuestionType.TABLE
        more = {"relevant": relevant} if relevant else {}
        if not table:  # a table has screens of its own
            more["appearance"] = FIELD_LIST
        yield self._group(
            f"{Group.QUESTION}_{question.name}", lambda code: self._heading(question, code), **more
        )
        rows = (number for number in numbers if number in self.own)
        if table:
            yield from self._table(question, rows)
        else:
            for number in rows:
                yield FormRow(self.own[number], number, self._changes(question))
        yield from self._beside(question)
        yield _END

    def _heading(self, question: Question, code: str) -> str:
        """The question's number; of a table, which has no hint, also who will not see it."""
        mark = in_confidence(question, self.spoken[code])
        table = question.type is QuestionType.TABLE
        return f"{question.name} – {mark}" if mark and table else question.name

    def _hint(self, question: Question, code: str) -> str:
        """Who will not see the answer, before the pack's own hint."""
        mark = in_confidence(question, self.spoken[code])
        return f"{mark} {question.hint.in_(code)}".strip()

    def _changes(self, question: Question) -> dict[str, str]:
        """What the phone needs otherwise than the pack says it."""
        changes: dict[str, str] = {}
        if question.sensitivity is not Sensitivity.PUBLIC:
            changes |= {c: self._hint(question, code) for code, c in self.hints.items()}
        constraint = [rules.guarded(question.constraint)] if question.constraint else []
        exclusive = rules.alone(question.choices)
        if question.type is QuestionType.SELECT_MULTIPLE and exclusive:
            constraint.append(exclusive)
            if not question.constraint_message:
                alone = next(choice for choice in question.choices if choice.exclusive)
                for code, column in self.messages.items():
                    changes[column] = self.spoken[code](ALONE, value=alone.label.in_(code))
        if constraint and constraint != [question.constraint and question.constraint.text]:
            changes["constraint"] = " and ".join(
                constraint if len(constraint) == 1 else [f"({part})" for part in constraint]
            )
        if question.required:
            changes["required"] = f"${{{part_field(question.name, Part.REASON)}}} = ''"
        return changes

    def _table(self, question: Question, numbers: Iterable[int]) -> Iterator[FormRow]:
        """A repeat; of fixed rows: as many as there are, each with its key filled in."""
        key = question.row_key
        names = [choice.name for choice in question.columns[0].choices] if key else []
        position = position_field(question.name)
        for number in numbers:
            cells, changes = self.own[number], {}
            if key and number == question.row:
                changes = {"repeat_count": str(len(names))}
            elif cells["name"] == key and key:
                calculation = rules.key_of_row(position, names)
                changes = {"calculation": calculation, "read_only": "yes"}
            yield FormRow(cells, number, changes)
            if key and number == question.row:
                yield FormRow(
                    {"type": "calculate", "name": position, "calculation": "position(..)"}
                )

    def _beside(self, question: Question) -> Iterator[FormRow]:
        """Why there is no answer, what stands behind it, and a remark."""
        table = question.type is QuestionType.TABLE
        blank = "" if table else f"${{{question.name}}} = ''"
        # a relevance that depends on the answer, and a duty to answer that depends on the reason,
        # would be a circle
        rule = "constraint" if question.required else "relevant"
        yield self._part(question, Part.REASON, "select_one no_answer_reasons",
                         **({rule: blank} if blank else {}))  # fmt: skip
        yield self._part(question, Part.EVIDENCE, "text")
        cited = f"${{{part_field(question.name, Part.EVIDENCE)}}} != ''"
        yield self._part(question, Part.EVIDENCE_CLASS, "select_one evidence_classes",
                         relevant=cited)  # fmt: skip
        yield self._part(question, Part.COMMENT, "text")

    def _part(self, question: Question, part: Part, kind: str, **more: str) -> FormRow:
        return self._asked(kind, part_field(question.name, part), PART_LABELS[part], **more)

    def _asked(self, kind: str, name: str, label: str, **more: str) -> FormRow:
        texts = {column: self.spoken[code](label) for code, column in self.labels.items()}
        return FormRow({"type": kind, "name": name, **texts, **more})

    def _group(self, name: str, label: Callable[[str], str], **more: str) -> FormRow:
        texts = {column: label(code) for code, column in self.labels.items()}
        return FormRow({"type": "begin_group", "name": name, **texts, **more})


_END = FormRow({"type": "end_group"})


def _constant(name: str, value: str) -> FormRow:
    return FormRow({"type": "calculate", "name": name, "calculation": f"'{value}'"})


def _both(seen: str, own: Expression | None) -> str:
    if own is None:
        return seen
    text = f"({own.text})" if isinstance(own.node, All) or seen else own.text
    return f"({seen}) and {text}" if seen else own.text


def _kind(cells: Mapping[str, str]) -> str:
    return cells.get("type", "").strip().replace("end ", "end_").replace("begin ", "begin_")


def _plain(code: str) -> str:
    return code.replace("-", "_")
