"""Reading survey.csv, in XLSForm's names: its rows in order, with their groups and tables."""

from __future__ import annotations

from assessments.pack.draft import Draft, expression
from assessments.pack.expressions import Expression
from assessments.pack.model import QuestionType, TableColumn
from assessments.pack.question_row import AnswerType, read_column, read_question, read_type
from assessments.pack.tables import Columns, Record, Table, read_table

SURVEY = "survey.csv"

SURVEY_COLUMNS = Columns(
    plain=(
        "type", "name", "relevant", "constraint", "required", "dimension", "sub_dimension",
        "cooperation_form", "institutions", "lead", "tier", "untoc_ref", "unit", "weight",
        "evidence", "existence", "knockout", "sensitivity", "score", "minutes", "source",
        "row_key", "unreviewed", "calculation", "choice_filter", "repeat_count", "trigger",
    ),
    worded=("label", "hint", "constraint_message"),
    needed=("type", "name", "label"),
    ignored=(
        "appearance", "default", "read_only", "readonly", "parameters", "image", "audio", "video",
        "media", "guidance_hint", "required_message", "note", "autoplay", "body",
    ),
)  # fmt: skip
_ASK_INSTEAD = "Remove it, or ask for the value as a question of its own."
_WITHOUT_MEANING = {
    "calculation": _ASK_INSTEAD,
    "choice_filter": "Ask one question for each group of choices, with `relevant`.",
    "repeat_count": "Remove it; rows are fixed by naming a first column in `row_key`.",
    "trigger": _ASK_INSTEAD,
}
_NOT_ASKED = {
    "note", "start", "end", "today", "deviceid", "username", "phonenumber", "simserial",
    "subscriberid", "audit", "hidden", "start-geopoint", "email",
}  # fmt: skip


def read_survey(draft: Draft) -> tuple[str, ...]:
    """The questions, in order; returns the languages in which every question has its label."""
    table = read_table(draft.folder, SURVEY, SURVEY_COLUMNS, draft.faults)
    _Survey(draft, table).read()
    labels = [question.label for question in draft.questions.values()]
    codes = [code for code, _ in table.languages_of.get("label", ())]
    return tuple(dict.fromkeys(c for c in codes if all(label.texts.get(c) for label in labels)))


class _Survey:
    """Walks the rows of the survey, with the groups and the table that are open."""

    def __init__(self, draft: Draft, table: Table) -> None:
        self.draft = draft
        self.table = table
        self.groups: list[tuple[Record, Expression | None]] = []
        self.open_table: Record | None = None
        self.outside = 0  # groups that were open when the table began
        self.columns: dict[str, TableColumn] = {}

    def read(self) -> None:
        for record in self.table:
            kind = record.text("type").replace("begin ", "begin_").replace("end ", "end_")
            for column, remedy in _WITHOUT_MEANING.items():
                if record.text(column):
                    record.wrong(
                        "unsupported-column", column, f"`{column}` is not supported.", remedy
                    )
            self._row(record, kind)
        for group, _ in self.groups:
            group.wrong("not-closed", "type", "The group is never closed.", "Add an end_group row.")
        if self.open_table is not None:
            self.open_table.wrong(
                "not-closed", "type", "The table is never closed.", "Add an end_repeat row."
            )

    def _row(self, record: Record, kind: str) -> None:
        if kind == "begin_group":
            self._begin_group(record)
        elif kind == "end_group":
            self._end_group(record)
        elif kind == "begin_repeat":
            self._begin_table(record)
        elif kind == "end_repeat":
            self._end_table(record)
        elif kind in _NOT_ASKED:
            return
        elif self.open_table is not None:
            self._column(record, kind)
        else:
            self._question(record, kind)

    def _begin_group(self, record: Record) -> None:
        rule = expression(record, "relevant")
        if rule is not None and self.open_table is not None:
            record.wrong(
                "unsupported-rule", "relevant", "Columns of a table have no skip logic.",
                "Put the rule on the table, or remove it.",
            )  # fmt: skip
        self.groups.append((record, rule))

    def _end_group(self, record: Record) -> None:
        if self.open_table is not None and len(self.groups) == self.outside:
            record.wrong(
                "crossed", "type",
                f"The table «{self.open_table.text('name')}» is still open here.",
                "Move end_repeat above this row.",
            )  # fmt: skip
        elif not self.groups:
            record.wrong("not-open", "type", "No group is open here.", "Remove the row.")
        else:
            self.groups.pop()

    def _begin_table(self, record: Record) -> None:
        if self.open_table is not None:
            record.wrong(
                "table-in-table", "type", "A table cannot stand inside a table.",
                f"Close «{self.open_table.text('name')}» with end_repeat before this row.",
            )  # fmt: skip
        self.open_table, self.columns, self.outside = record, {}, len(self.groups)

    def _end_table(self, record: Record) -> None:
        if self.open_table is None:
            record.wrong("not-open", "type", "No table is open here.", "Remove the row.")
            return
        opened, self.open_table = self.open_table, None
        for group, _ in self.groups[self.outside :]:
            group.wrong(
                "not-closed", "type", "The group is not closed inside its table.",
                f"Add an end_group row above row {record.row}.",
            )  # fmt: skip
        del self.groups[self.outside :]
        if not self.columns:
            opened.wrong(
                "no-columns", "type", "The table has no columns.",
                "Write its columns between begin_repeat and end_repeat.",
            )  # fmt: skip
        self._add(opened, AnswerType(QuestionType.TABLE), tuple(self.columns.values()))

    def _column(self, record: Record, kind: str) -> None:
        name = record.text("name")
        if not name or name in self.columns:
            why = f"The column «{name}» stands twice" if name else "The column has no name"
            record.wrong("duplicate-name", "name", f"{why} in its table.", "Give it its own name.")
            return
        column = read_column(self.draft, record, kind)
        if column is not None:
            self.columns[name] = column

    def _question(self, record: Record, kind: str) -> None:
        asked = read_type(self.draft, record, kind)
        if asked is not None:
            self._add(record, asked)
        elif self.draft.place(record, record.text("name")):
            self.draft.unread.add(record.text("name"))

    def _add(
        self, record: Record, asked: AnswerType, columns: tuple[TableColumn, ...] = ()
    ) -> None:
        name = record.text("name")
        if self.draft.place(record, name):
            rules = [rule for _, rule in self.groups if rule is not None]
            self.draft.questions[name] = read_question(self.draft, record, asked, columns, rules)
