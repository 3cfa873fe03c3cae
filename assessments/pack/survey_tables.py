"""Reading what is asked: settings.csv, choices.csv and survey.csv, in XLSForm's names."""

from __future__ import annotations

import re

from assessments.pack.draft import FORM, RESPONDENT, Draft, expression
from assessments.pack.expressions import Expression
from assessments.pack.grammar import All
from assessments.pack.model import (
    NO_WORDS,
    SOURCE_LANGUAGE,
    Choice,
    Dimension,
    Question,
    QuestionType,
    SubDimension,
    TableColumn,
    Tier,
    Words,
)
from assessments.pack.scores import ScoreRule, UnreadableScore, parse_score
from assessments.pack.standard_lists import STANDARD_LISTS
from assessments.pack.tables import Columns, Record, Table, nearest, read_table
from assessments.results import Sensitivity

SETTINGS = "settings.csv"
CHOICES = "choices.csv"
SURVEY = "survey.csv"
LEVEL_LIST = "level_"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")

SETTINGS_COLUMNS = Columns(
    plain=("form_id", "version", "default_language", "piloted", "treaty", "unreviewed"),
    worded=("form_title", "subject", "service", "purpose", "confidentiality"),
    needed=("form_id", "form_title"),
    ignored=("style", "public_key", "submission_url", "instance_name", "allow_choice_duplicates"),
)
CHOICES_COLUMNS = Columns(
    plain=("list_name", "name", "kind", "exclusive", "unreviewed"),
    worded=("label", "hint"),
    needed=("list_name", "name", "label"),
    ignored=("image", "media", "filter"),
)
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
_PLAIN_TYPES = {
    "integer": QuestionType.INTEGER,
    "int": QuestionType.INTEGER,
    "decimal": QuestionType.DECIMAL,
    "date": QuestionType.DATE,
    "text": QuestionType.TEXT,
    "string": QuestionType.TEXT,
}
_NOT_ASKED = {
    "note", "start", "end", "today", "deviceid", "username", "phonenumber", "simserial",
    "subscriberid", "audit", "hidden", "start-geopoint", "email",
}  # fmt: skip


def read_settings(draft: Draft) -> None:
    """Identity of the pack: id, version, title, purpose, and whether it was piloted."""
    table = read_table(draft.folder, SETTINGS, SETTINGS_COLUMNS, draft.faults)
    if len(table.records) != 1:
        draft.faults.add(
            "settings-rows", f"{SETTINGS} has {len(table.records)} rows under its headings.",
            "Write exactly one.", file=SETTINGS,
        )  # fmt: skip
    for record in table.records[:1]:
        draft.id = record.text("form_id")
        if not draft.id:
            record.wrong("no-name", "form_id", "The pack has no id.", "Write one.")
        draft.version = record.text("version") or "1"
        draft.title = record.words("form_title")
        draft.treaty = record.text("treaty")
        draft.subject = record.words("subject")
        draft.service = record.words("service")
        draft.purpose = record.words("purpose")
        draft.confidentiality = record.words("confidentiality")
        draft.default_language = _code(record.text("default_language")) or SOURCE_LANGUAGE
        draft.piloted = record.flag("piloted")


def _code(language: str) -> str:
    """`fr` from `fr` or `French (fr)`."""
    match = re.search(r"\(([a-z]{2,3}[A-Za-z-]*)\)\s*$", language)
    return match[1] if match else language


def read_choices(draft: Draft) -> None:
    """Choice lists, in the order of their rows."""
    table = read_table(draft.folder, CHOICES, CHOICES_COLUMNS, draft.faults)
    lists: dict[str, dict[str, Choice]] = {}
    for record in table:
        list_name, name = record.text("list_name"), record.text("name")
        if not list_name or not name:
            record.wrong(
                "no-name", "name" if list_name else "list_name",
                "A choice needs the name of its list and its own.", "Fill in both.",
            )  # fmt: skip
            continue
        if not re.fullmatch(r"\S+", name) or "|" in name or ";" in name:
            record.wrong(
                "bad-name", "name", f"The choice «{name}» holds a blank, a bar or a semicolon.",
                "Use letters, digits and underscores.",
            )  # fmt: skip
        label = record.words("label")
        if not label:
            record.wrong(
                "no-english", "label", f"The choice «{name}» has no English label.", "Write one."
            )
        choices = lists.setdefault(list_name, {})
        if name in choices:
            record.wrong(
                "duplicate-choice", "name", f"«{name}» stands twice in the list «{list_name}».",
                "Rename or remove one.",
            )  # fmt: skip
            continue
        choices[name] = Choice(
            name, label, record.text("kind"), record.flag("exclusive"), record.words("hint")
        )
    draft.choice_lists = {name: tuple(choices.values()) for name, choices in lists.items()}
    draft.choice_lists = {**STANDARD_LISTS, **draft.choice_lists}


def form_without_framework(draft: Draft) -> None:
    """One dimension and one sub-dimension, without target or gap, for a third party's form."""
    title = draft.title or Words({SOURCE_LANGUAGE: draft.id or "Form"})
    nothing = (NO_WORDS, NO_WORDS, NO_WORDS, NO_WORDS, NO_WORDS)
    draft.dimensions[FORM] = Dimension(FORM, title, "", context=True)
    draft.sub_dimensions[f"{FORM}-1"] = SubDimension(
        f"{FORM}-1", FORM, title, "", (RESPONDENT,), NO_WORDS, nothing
    )


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
            self._begin(record)
        elif kind == "end_repeat":
            self._end(record)
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

    def _begin(self, record: Record) -> None:
        if self.open_table is not None:
            record.wrong(
                "table-in-table", "type", "A table cannot stand inside a table.",
                f"Close «{self.open_table.text('name')}» with end_repeat before this row.",
            )  # fmt: skip
        self.open_table, self.columns, self.outside = record, {}, len(self.groups)

    def _end(self, record: Record) -> None:
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
        self._add(opened, QuestionType.TABLE, "", (), tuple(self.columns.values()))

    def _column(self, record: Record, kind: str) -> None:
        name = record.text("name")
        if not name or name in self.columns:
            why = f"The column «{name}» stands twice" if name else "The column has no name"
            record.wrong("duplicate-name", "name", f"{why} in its table.", "Give it its own name.")
            return
        if record.text("relevant"):
            record.wrong(
                "unsupported-rule", "relevant", "A column of a table has no skip logic.",
                "Put the rule on the table, or remove it.",
            )  # fmt: skip
        found = self._type(record, kind)
        if found is None:
            return
        question_type, _, choices = found
        self.columns[name] = TableColumn(
            name, self._label(record), question_type, choices,
            expression(record, "constraint"), record.words("constraint_message"),
        )  # fmt: skip

    def _question(self, record: Record, kind: str) -> None:
        found = self._type(record, kind)
        if found is None:
            if self.draft.place(record, record.text("name")):
                self.draft.unread.add(record.text("name"))
            return
        self._add(record, *found)

    def _label(self, record: Record) -> Words:
        label = record.words("label")
        if not label:
            record.wrong("no-english", "label", "The row has no English label.", "Write one.")
        return label

    def _type(
        self, record: Record, kind: str
    ) -> tuple[QuestionType, str, tuple[Choice, ...]] | None:
        if kind in _PLAIN_TYPES:
            return _PLAIN_TYPES[kind], "", ()
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
        if list_name in self.draft.choice_lists:
            return question_type, list_name, self.draft.choice_lists[list_name]
        code = list_name.removeprefix(LEVEL_LIST).replace("_", "-")
        sub = self.draft.sub_dimensions.get(code)
        if list_name.startswith(LEVEL_LIST) and sub is not None:
            levels = tuple(Choice(str(n), words) for n, words in enumerate(sub.levels))
            return QuestionType.LEVEL, list_name, levels
        known = [*self.draft.choice_lists, *(f"level_{c.replace('-', '_')}"
                 for c in self.draft.sub_dimensions)]  # fmt: skip
        record.wrong(
            "unknown-list", "type", f"The list «{list_name}» stands in no table.",
            f"Add its choices to {CHOICES} or correct the name{nearest(list_name, known)}.",
        )  # fmt: skip
        return None

    def _relevant(self, record: Record) -> Expression | None:
        rules = [rule for _, rule in self.groups if rule is not None]
        own = expression(record, "relevant")
        if own is not None:
            rules.append(own)
        if len(rules) < 2:
            return rules[0] if rules else None
        return Expression(
            All(tuple(rule.node for rule in rules)), " and ".join(f"({r.text})" for r in rules)
        )

    def _score(self, record: Record) -> ScoreRule | None:
        text = record.text("score")
        if not text:
            return None
        try:
            return parse_score(text)
        except UnreadableScore as error:
            record.wrong("unreadable-score", "score", error.message, error.remedy)
            return None

    def _add(
        self,
        record: Record,
        question_type: QuestionType,
        list_name: str,
        choices: tuple[Choice, ...],
        columns: tuple[TableColumn, ...] = (),
    ) -> None:
        name = record.text("name")
        if not self.draft.place(record, name):
            return
        if not _NAME.fullmatch(name):
            record.wrong(
                "bad-name", "name", f"«{name}» cannot name an answer cell.",
                "Begin with a letter; use letters, digits and underscores, at most 32.",
            )  # fmt: skip
        form = FORM in self.draft.dimensions
        institutions = record.parts("institutions") or ((RESPONDENT,) if form else ())
        sub = record.text("sub_dimension") or (f"{FORM}-1" if form else "")
        known = self.draft.sub_dimensions.get(sub)
        self.draft.questions[name] = Question(
            name=name,
            type=question_type,
            label=self._label(record),
            hint=record.words("hint"),
            dimension=record.text("dimension") or (known.dimension if known else ""),
            sub_dimension=sub,
            cooperation_form=record.text("cooperation_form"),
            institutions=institutions,
            lead=record.text("lead") or (institutions[0] if institutions else ""),
            tier=Tier(record.one_of("tier", [tier.value for tier in Tier], Tier.CORE.value)),
            untoc_refs=record.parts("untoc_ref"),
            list_name=list_name,
            choices=choices,
            columns=columns,
            row_key=record.text("row_key"),
            unit=record.text("unit"),
            required=record.flag("required"),
            relevant=self._relevant(record),
            constraint=expression(record, "constraint"),
            constraint_message=record.words("constraint_message"),
            weight=_within(record, "weight", 1.0, 3.0),
            evidence=record.flag("evidence"),
            knockout=record.flag("knockout"),
            existence=record.flag("existence"),
            sensitivity=Sensitivity(
                record.one_of("sensitivity", [mark.value for mark in Sensitivity], "public")
            ),
            score=self._score(record),
            minutes=_within(record, "minutes", 1.0, 240.0),
            row=record.row,
        )


def _within(record: Record, column: str, default: float, highest: float) -> float:
    number = record.number(column, default)
    if number is None or not 0 <= number <= highest:
        record.wrong(
            "out-of-range", column, f"{number:g} lies outside 0 to {highest:g}.",
            f"Write a number from 0 to {highest:g}.",
        )  # fmt: skip
        return default
    return number
