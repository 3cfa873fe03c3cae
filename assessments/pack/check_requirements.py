"""Faults of treaty paragraphs: each mandatory one is decided by answers that can be given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from assessments.pack.bands import Band, uncovered
from assessments.pack.check_rules import Place, can_fire, check_rule
from assessments.pack.domains import Domain
from assessments.pack.draft import Draft
from assessments.pack.expressions import Expression
from assessments.pack.knowledge_tables import REQUIREMENTS
from assessments.pack.model import Choice, Obligation, Question, QuestionType, Requirement
from assessments.pack.tables import nearest
from assessments.pack.verdicts import Answers, UnreadableAnswers, read_answers

MANDATORY = (Obligation.MANDATORY, Obligation.MANDATORY_QUALIFIED)
_VERDICTS = ("met", "partly", "not_met")


def check_requirements(draft: Draft, domains: Mapping[str, Domain]) -> None:
    """Note every fault of the treaty paragraphs."""
    groups: dict[str, list[str]] = defaultdict(list)
    stated: dict[tuple[str, str], str] = {}
    for requirement in draft.requirements.values():
        _Checks(draft, requirement, domains).run()
        if requirement.alternative_group:
            groups[requirement.alternative_group].append(requirement.name)
        key = (requirement.ref, str(requirement.text))  # a paragraph may ask for several things
        if key in stated:
            draft.wrong(
                REQUIREMENTS, requirement.name, "duplicate-paragraph", "ref",
                f"{requirement.ref} stands already, with the same words, as {stated[key]}.",
                "Remove one of them, or correct its reference or text.",
            )  # fmt: skip
        stated.setdefault(key, requirement.name)
    for group, names in groups.items():
        if len(names) == 1:
            others = sorted({*groups} - {group})
            draft.wrong(
                REQUIREMENTS, names[0], "lonely-alternative", "alternative_group",
                f"Nothing else belongs to the alternative group «{group}».",
                f"Name the other row, or empty the cell{nearest(group, others)}.",
            )  # fmt: skip


class _Checks:
    """The checks of one paragraph."""

    def __init__(
        self, draft: Draft, requirement: Requirement, domains: Mapping[str, Domain]
    ) -> None:
        self.draft = draft
        self.requirement = requirement
        self.domains = domains

    def run(self) -> None:
        requirement, draft = self.requirement, self.draft
        sub = draft.sub_dimensions.get(requirement.sub_dimension)
        if sub is None:
            self._wrong(
                "unknown-sub-dimension", "sub_dimension",
                f"«{requirement.sub_dimension}» is no sub-dimension of the framework.",
                f"Correct it{nearest(requirement.sub_dimension, list(draft.sub_dimensions))}.",
            )  # fmt: skip
        elif requirement.dimension not in ("", sub.dimension):
            self._wrong(
                "dimension-differs", "dimension",
                f"{sub.code} belongs to «{sub.dimension}», not to «{requirement.dimension}».",
                "Correct one of the two.",
            )  # fmt: skip
        known = [choice.name for choice in draft.choice_lists["institutions"]]
        for code in requirement.institutions:
            if code not in known:
                self._wrong(
                    "unknown-institution", "institutions", f"«{code}» is no institution.",
                    f"Correct the code{nearest(code, known)}.",
                )  # fmt: skip
        if requirement.applies is not None:
            self._condition(requirement.applies)
        if requirement.question:
            self._decided()
        else:
            self._undecided()

    def _condition(self, applies: Expression) -> None:
        """Whether a paragraph applies is read from answers alone, before anything is scored."""
        place = Place(self.draft, REQUIREMENTS, self.requirement.name, "applies")
        beyond = sorted((applies.names & self.domains.keys()) - self.draft.questions.keys())
        for name in beyond:
            self._wrong(
                "condition-on-no-question", "applies",
                f"The condition reads «{name}», which is no question.",
                "Ask for the fact in a question, and name that.",
            )  # fmt: skip
        if not beyond and check_rule(applies, place, self.domains):
            can_fire(applies, place, self.domains)

    def _wrong(self, code: str, column: str, message: str, remedy: str) -> None:
        self.draft.wrong(REQUIREMENTS, self.requirement.name, code, column, message, remedy)

    def _undecided(self) -> None:
        ref, obligation = self.requirement.ref, self.requirement.obligation
        if obligation in MANDATORY:
            qualified = obligation is Obligation.MANDATORY_QUALIFIED
            self._wrong(
                "mandatory-qualified-unasked" if qualified else "mandatory-unasked", "question",
                f"No question decides {ref}, which is mandatory"
                f"{' as far as domestic law allows' if qualified else ''}.",
                "Name the deciding question and its answers, or add one to the survey.",
            )  # fmt: skip
        elif not self.requirement.reason:
            self._wrong(
                "unasked-without-reason", "reason", f"No question decides {ref}.",
                "Say why none is asked.",
            )  # fmt: skip

    def _decided(self) -> None:
        requirement = self.requirement
        question = self.draft.questions.get(requirement.question)
        if question is None:
            if requirement.question not in self.draft.unread:
                self._wrong(
                    "unknown-question", "question", f"«{requirement.question}» is no question.",
                    f"Correct it{nearest(requirement.question, list(self.draft.questions))}.",
                )  # fmt: skip
            return
        for needed in ("met", "not_met"):
            if not getattr(requirement, needed):
                self._wrong(
                    "no-answers", needed, f"It is not said which answers mean {needed}.",
                    "Name them.",
                )  # fmt: skip
        subject = self._subject(question)
        if subject is None:
            return
        answers: dict[str, Answers] = {}
        for column in _VERDICTS:
            try:
                answers[column] = read_answers(getattr(requirement, column))
            except UnreadableAnswers as error:
                self._wrong("unreadable-answers", column, error.message, error.remedy)
        kind, choices = subject
        self._fit(answers, kind, choices)
        self._disjoint(answers)
        self._complete(answers, question, kind, choices)

    def _subject(self, question: Question) -> tuple[str, tuple[Choice, ...]] | None:
        """What is looked at: `choice`, `number`, `item`, `several`, `rows`, and its choices."""
        requirement = self.requirement
        if question.type is QuestionType.TABLE:
            return self._table_subject(question)
        if requirement.column:
            self._wrong(
                "column-without-table", "column", f"{question.name} is no table.", "Empty the cell."
            )
        names = [choice.name for choice in question.choices]
        if question.type is QuestionType.SELECT_MULTIPLE:
            if not requirement.item:
                return "several", question.choices
            if requirement.item not in names:
                self._wrong(
                    "unknown-choice", "item",
                    f"«{requirement.item}» is no choice of {question.name}.",
                    f"Use one of: {', '.join(names)}{nearest(requirement.item, names)}.",
                )  # fmt: skip
            return "item", ()
        if requirement.item:
            self._wrong(
                "item-without-list", "item", f"{question.name} takes a single answer.",
                "Empty the cell, or name a table or a select_multiple.",
            )  # fmt: skip
        if question.choices:
            return "choice", question.choices
        return ("number" if question.type in _NUMBERS else "text"), ()

    def _table_subject(self, question: Question) -> tuple[str, tuple[Choice, ...]] | None:
        requirement = self.requirement
        columns = {column.name: column for column in question.columns}
        if requirement.item:
            key = columns.get(question.row_key)
            rows = [choice.name for choice in key.choices] if key else []
            if requirement.item not in rows:
                self._wrong(
                    "unknown-row", "item", f"«{requirement.item}» is no row of {question.name}.",
                    f"Use one of: {', '.join(rows) or 'none, its rows are not fixed'}"
                    f"{nearest(requirement.item, rows)}.",
                )  # fmt: skip
        if not requirement.column:
            if requirement.item:
                self._wrong(
                    "no-column", "column", "The row of a table is decided by one of its columns.",
                    f"Use one of: {', '.join(columns)}.",
                )  # fmt: skip
                return None
            return "rows", ()
        column = columns.get(requirement.column)
        if column is None:
            self._wrong(
                "unknown-table-column", "column",
                f"«{requirement.column}» is no column of {question.name}.",
                f"Use one of: {', '.join(columns)}{nearest(requirement.column, list(columns))}.",
            )  # fmt: skip
            return None
        if column.choices:
            return "choice", column.choices
        return ("number" if column.type in _NUMBERS else "text"), ()

    def _fit(self, answers: Mapping[str, Answers], kind: str, choices: tuple[Choice, ...]) -> None:
        names = [choice.name for choice in choices]
        for column, said in answers.items():
            for name in said.names:
                if name not in names:
                    self._wrong(
                        "unknown-choice", column, f"«{name}» is no answer to the question.",
                        f"Use one of: {', '.join(names)}{nearest(name, names)}." if names
                        else "Write a band such as >=1, or selected / not_selected.",
                    )  # fmt: skip
            wrong = (
                (said.selected is not None and kind != "item")
                or (said.bands and kind not in {"number", "choice"})
                or (said.counts and kind != "several")
                or (said.rows and kind != "rows")
            )
            if wrong:
                self._wrong(
                    "answers-of-other-type", column,
                    f"«{getattr(self.requirement, column)}» does not fit the question.",
                    _FITTING[kind],
                )  # fmt: skip

    def _disjoint(self, answers: Mapping[str, Answers]) -> None:
        seen: dict[object, str] = {}
        for column, said in answers.items():
            parts: tuple[object, ...] = (
                *said.names, *said.bands, *(("count", band) for band in said.counts),
                *(("rows", band) for band in said.rows),
                *((said.selected,) if said.selected is not None else ()),
            )  # fmt: skip
            for part in parts:
                if part in seen and seen[part] != column:
                    shown = part if isinstance(part, str) else getattr(self.requirement, column)
                    self._wrong(
                        "answers-overlap", column, f"«{shown}» means {seen[part]} and {column}.",
                        "Keep it in one of the two.",
                    )  # fmt: skip
                seen.setdefault(part, column)

    def _complete(
        self,
        answers: Mapping[str, Answers],
        question: Question,
        kind: str,
        choices: tuple[Choice, ...],
    ) -> None:
        """Every answer that can be given must be spoken of, or the paragraph stays unknown."""
        if kind == "choice" and not any(said.bands for said in answers.values()):
            spoken = {name for said in answers.values() for name in said.names}
            silent = [choice.name for choice in choices if choice.name not in spoken]
            if silent and spoken:
                self._wrong(
                    "answers-incomplete", "not_met",
                    f"It is not said what these answers to {question.name} mean: "
                    f"{', '.join(silent)}.",
                    "Put each under met, partly or not_met.",
                )  # fmt: skip
        for group, word in (("bands", "number"), ("counts", "several"), ("rows", "rows")):
            bands: tuple[Band, ...] = tuple(
                band for said in answers.values() for band in getattr(said, group)
            )
            if kind == word and bands and not any(said.names for said in answers.values()):
                number = uncovered(bands, whole=question.type is not QuestionType.DECIMAL)
                if number is not None:
                    self._wrong(
                        "answers-incomplete", "not_met",
                        f"It is not said what {number:g} means.", "Close the gap.",
                    )  # fmt: skip


_NUMBERS = {QuestionType.INTEGER, QuestionType.DECIMAL}
_FITTING = {
    "choice": "Name choices.",
    "number": "Write bands such as >=1.",
    "item": "Write selected or not_selected.",
    "several": "Name choices, or write count>=1.",
    "rows": "Write rows>=1, or name the column.",
    "text": "A text or date decides nothing; name another question.",
}
