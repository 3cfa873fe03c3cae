"""Faults between the questions of a survey: who sees what, skip logic, scores, tables."""

from __future__ import annotations

import re

from assessments.pack.bands import uncovered
from assessments.pack.check_rules import Place, can_fire, check_rule, domain_of
from assessments.pack.domains import Domain
from assessments.pack.draft import Draft
from assessments.pack.expressions import Expression
from assessments.pack.method_file import circles
from assessments.pack.model import Choice, Question, QuestionType
from assessments.pack.scores import ScorePart
from assessments.pack.survey_table import SURVEY
from assessments.pack.tables import nearest

NO_ANSWER = "no_answer_reasons"
_NO_ANSWER_WORDS = re.compile(
    r"(unknown|not known|not sure|n/?a|cannot say|(we |i )?do(es)? not know\b.*|don.?t know\b.*"
    r"|not applicable\b.*|no information\b.*)\.?",
    re.IGNORECASE,
)
_NO_ANSWER_NAMES = frozenset(
    {"unknown", "dont_know", "do_not_know", "not_known", "not_applicable", "na", "n_a",
     "no_information", "not_sure", "withheld"}
)  # fmt: skip
_SCORED_BY = {
    QuestionType.LEVEL: {"choice"},
    QuestionType.SELECT_ONE: {"choice", "otherwise"},
    QuestionType.SELECT_MULTIPLE: {"choice", "count", "otherwise"},
    QuestionType.INTEGER: {"choice", "number", "otherwise"},
    QuestionType.DECIMAL: {"choice", "number", "otherwise"},
    QuestionType.TABLE: {"rows", "otherwise"},
    QuestionType.DATE: set(),
    QuestionType.TEXT: set(),
}


def check_survey(draft: Draft) -> None:
    """Note every fault of the questions among themselves."""
    domains = {name: domain_of(question) for name, question in draft.questions.items()}
    for question in draft.questions.values():
        _Checks(draft, question, domains).run()
    _check_circles(draft)
    if draft.scored:
        _check_levels(draft)


class _Checks:
    """The checks of one question."""

    def __init__(self, draft: Draft, question: Question, domains: dict[str, Domain]) -> None:
        self.draft = draft
        self.question = question
        self.domains = domains

    def run(self) -> None:
        self._belongs()
        self._respondents()
        for column in ("relevant", "constraint"):
            rule: Expression | None = getattr(self.question, column)
            if rule is not None:
                self._rule(rule, column)
        if self.question.type is QuestionType.TABLE:
            self._table()
        if self.question.score is not None:
            self._score()
        else:
            for mark in ("knockout", "existence"):
                if getattr(self.question, mark) and not self._cell("score"):
                    self._wrong(
                        "mark-without-score", mark, f"A question without a score cannot be {mark}.",
                        "Give it a score or remove the mark.",
                    )  # fmt: skip

    def _cell(self, column: str) -> str:
        return self.draft.records[(SURVEY, self.question.name.casefold())].text(column)

    def _wrong(self, code: str, column: str, message: str, remedy: str, note: bool = False) -> None:
        self.draft.wrong(SURVEY, self.question.name, code, column, message, remedy, note)

    def _belongs(self) -> None:
        question, draft = self.question, self.draft
        sub = draft.sub_dimensions.get(question.sub_dimension)
        if sub is None:
            self._wrong(
                "unknown-sub-dimension", "sub_dimension",
                f"«{question.sub_dimension}» is no sub-dimension of the framework.",
                f"Correct it{nearest(question.sub_dimension, list(draft.sub_dimensions))}.",
            )  # fmt: skip
        elif sub.dimension != question.dimension:
            self._wrong(
                "dimension-differs", "dimension",
                f"{sub.code} belongs to «{sub.dimension}», not to «{question.dimension}».",
                "Correct one of the two.",
            )  # fmt: skip
        forms = [form.name for form in draft.choice_lists.get("cooperation_forms", ())]
        if question.cooperation_form not in ("", *forms):
            self._wrong(
                "unknown-form", "cooperation_form",
                f"«{question.cooperation_form}» is no form of cooperation.",
                f"Use one of: {', '.join(forms)}.",
            )  # fmt: skip

    def _respondents(self) -> None:
        known = [choice.name for choice in self.draft.choice_lists["institutions"]]
        if not self.question.institutions:
            self._wrong(
                "no-respondent", "institutions", "Nobody is asked this question.",
                "Name at least one institution.",
            )  # fmt: skip
        for code in self.question.institutions:
            if code not in known:
                self._wrong(
                    "unknown-institution", "institutions", f"«{code}» is no institution.",
                    f"Use codes of the list `institutions`{nearest(code, known)}.",
                )  # fmt: skip
        if self.question.lead and self.question.lead not in self.question.institutions:
            self._wrong(
                "lead-not-asked", "lead",
                f"The lead «{self.question.lead}» does not see the question.",
                "Add it to `institutions`, or name another lead.",
            )  # fmt: skip

    def _rule(self, rule: Expression, column: str) -> None:
        place = Place(self.draft, SURVEY, self.question.name, column)
        here = domain_of(self.question) if column == "constraint" else None
        sound = check_rule(rule, place, self.domains, here)
        for name in sorted(rule.names):
            other = self.draft.questions.get(name)
            if other is not None:
                self._seen(other, column)
        if sound and column == "relevant":
            can_fire(rule, place, self.domains)

    def _seen(self, other: Question, column: str) -> None:
        blind = [code for code in self.question.institutions if code not in other.institutions]
        if blind:
            self._wrong(
                "rule-on-unseen-question", column,
                f"The rule reads {other.name}, which {', '.join(blind)} "
                f"{'does' if len(blind) == 1 else 'do'} not see.",
                f"Ask {other.name} of {', '.join(blind)} too, or remove the rule.",
            )  # fmt: skip
        if not self.question.tier.includes(other.tier):
            self._wrong(
                "rule-on-deeper-tier", column,
                f"The rule reads {other.name}, which is asked only in the tier «{other.tier}», "
                f"while this question is in «{self.question.tier}».",
                f"Move {other.name} to «{self.question.tier}», or this question deeper.",
            )  # fmt: skip

    def _table(self) -> None:
        key = self.question.row_key
        columns = self.question.columns
        if not key or not columns:
            return
        if columns[0].name != key:
            self._wrong(
                "row-key-not-first", "row_key", f"«{key}» is not the first column of the table.",
                f"The first column is «{columns[0].name}»: name it, or move the row up.",
            )  # fmt: skip
        elif columns[0].type is not QuestionType.SELECT_ONE:
            self._wrong(
                "row-key-without-rows", "row_key", f"«{key}» has no choices to make rows of.",
                "Make the column a select_one.",
            )  # fmt: skip

    # --- scores -------------------------------------------------------------------------------

    def _score(self) -> None:
        question, rule = self.question, self.question.score
        assert rule is not None
        if rule.level is not (question.type is QuestionType.LEVEL):
            self._wrong(
                "score-of-other-type", "score",
                "`level` scores a level question, and a level question only.",
                "Write `level` for select_one level_..., parts for other types.",
            )  # fmt: skip
            return
        allowed = _SCORED_BY[question.type]
        if not rule.level and not {part.on for part in rule.parts} <= allowed:
            kinds = ", ".join(sorted(allowed)) or "nothing"
            self._wrong(
                "score-of-other-type", "score",
                f"A question of type {question.type} is scored by: {kinds}.",
                "Score it so, or leave the score empty.",
            )  # fmt: skip
            return
        if question.type in {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE}:
            self._scored_choices(question.choices)
        self._gaps(rule.parts)

    def _scored_choices(self, choices: tuple[Choice, ...]) -> None:
        rule = self.question.score
        assert rule is not None
        names = [choice.name for choice in choices]
        for name in rule.choices:
            if name not in names:
                self._wrong(
                    "score-of-unknown-choice", "score", f"«{name}» is no choice of the question.",
                    f"Use one of: {', '.join(names)}{nearest(name, names)}.",
                )  # fmt: skip
        reasons = {choice.name for choice in self.draft.choice_lists.get(NO_ANSWER, ())}
        for choice in choices:
            scored = choice.name in rule.choices or rule.has_otherwise
            if scored and _means_no_answer(choice, reasons):
                self._wrong(
                    "scored-no-answer", "score",
                    f"The choice «{choice.name}» means unknown or not applicable and is scored.",
                    f"Remove the choice: these are states, asked for by the list {NO_ANSWER}.",
                )  # fmt: skip
        if self.question.type is QuestionType.SELECT_ONE and not rule.has_otherwise:
            silent = [name for name in names if name not in rule.choices]
            if silent:
                self._wrong(
                    "choice-without-score", "score",
                    f"No score is said for: {', '.join(silent)}.",
                    "Give each a score; a choice without one would be an answer that is lost.",
                )  # fmt: skip

    def _gaps(self, parts: tuple[ScorePart, ...]) -> None:
        for on in ("number", "count", "rows"):
            bands = tuple(part.band for part in parts if part.on == on and part.band is not None)
            if not bands or any(part.on == "otherwise" for part in parts):
                continue
            if on == "number" and any(part.on == "choice" for part in parts):
                continue  # single numbers stand beside the bands
            whole = on != "number" or self.question.type is QuestionType.INTEGER
            number = uncovered(bands, whole)
            if number is not None:
                self._wrong(
                    "score-gap", "score", f"No band covers {number:g}.",
                    "Close the gap, or end with otherwise=0.",
                )  # fmt: skip


def _means_no_answer(choice: Choice, reasons: set[str]) -> bool:
    return (
        choice.name in reasons
        or choice.name.casefold() in _NO_ANSWER_NAMES
        or _NO_ANSWER_WORDS.fullmatch(str(choice.label).strip()) is not None
    )


def _check_circles(draft: Draft) -> None:
    arrows = {
        question.name: sorted(question.relevant.names & draft.questions.keys())
        for question in draft.questions.values()
        if question.relevant is not None
    }
    for circle in circles(arrows):
        draft.wrong(
            SURVEY, circle[0], "circular-rule", "relevant",
            f"Each is asked only by the answer to the next: {' → '.join(circle)}.",
            "Remove one of the rules.",
        )  # fmt: skip


def _check_levels(draft: Draft) -> None:
    rated: dict[str, list[str]] = {code: [] for code in draft.sub_dimensions}
    for question in draft.questions.values():
        if question.is_level:
            code = question.list_name.removeprefix("level_").replace("_", "-")
            rated.setdefault(code, []).append(question.name)
            if code != question.sub_dimension:
                draft.wrong(
                    SURVEY, question.name, "level-of-other", "type",
                    f"The levels are those of {code}, the question is of {question.sub_dimension}.",
                    "Correct one of the two.",
                )  # fmt: skip
    for code, names in rated.items():
        if len(names) != 1:
            how = "no self-rating" if not names else f"several self-ratings: {', '.join(names)}"
            draft.wrong(
                "framework.csv", code, "level-questions", "sub_dimension", f"{code} has {how}.",
                f"Ask exactly one question of type select_one level_{code.replace('-', '_')}.",
            )  # fmt: skip
