"""Faults between the method and the survey: questions it names, kinds, and tier limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from assessments.pack.draft import Draft
from assessments.pack.grammar import UnsupportedExpression
from assessments.pack.method import Method
from assessments.pack.method_file import METHOD, line_of
from assessments.pack.model import SOURCE_LANGUAGE, Question, QuestionType, Tier
from assessments.pack.sums import parse_sum
from assessments.pack.tables import nearest

NUMBERS = {QuestionType.INTEGER, QuestionType.DECIMAL}
AGREED = "AGREED"  # the validation meeting: gives values, is asked nothing of its own
EVIDENCE_KINDS = ("seen", "observed", "stated")


def questions_per_tier(
    questions: Iterable[Question], institutions: Iterable[str]
) -> Mapping[str, Mapping[Tier, int]]:
    """How many questions each institution's workbook holds, by tier (each includes the former)."""
    asked = list(questions)
    return {
        code: {
            tier: sum(code in q.institutions and tier.includes(q.tier) for q in asked)
            for tier in Tier
        }
        for code in institutions
    }


def check_tiers(draft: Draft) -> None:
    """Note each institution that is asked more than the method allows."""
    if draft.method is None:
        return
    codes = [choice.name for choice in draft.choice_lists["institutions"]]
    for code, tiers in questions_per_tier(draft.questions.values(), codes).items():
        if tiers[Tier.DEEP] == 0 and code != AGREED:
            draft.faults.add(
                "silent-institution", f"«{code}» is asked nothing.",
                "Ask it something, or remove it from the list `institutions`.",
                file="choices.csv", column="name", note=True,
            )  # fmt: skip
        for tier_name, limit in draft.method.tiers.items():
            count = tiers[Tier(tier_name)]
            if count > limit.value:
                draft.faults.add(
                    "too-many-questions",
                    f"«{code}» is asked {count} questions up to the tier «{tier_name}»; "
                    f"the method allows {limit.value}.",
                    "Move questions to a deeper tier.", file="survey.csv", column="tier",
                )  # fmt: skip


def check_method_names(draft: Draft) -> None:
    """Note every question, sub-dimension, class and kind that the method names in vain."""
    if draft.method is not None:
        _Checks(draft, draft.method).run()


class _Checks:
    def __init__(self, draft: Draft, method: Method) -> None:
        self.draft = draft
        self.method = method
        self.text = (draft.folder / METHOD).read_text(encoding="utf-8-sig")

    def run(self) -> None:
        method = self.method
        if method.pack != self.draft.id:
            self._wrong(
                "other-pack", "pack", f"The method is for «{method.pack}», not «{self.draft.id}».",
                "Correct `pack`, or the form_id in settings.csv.",
            )  # fmt: skip
        self._question("priorities.national_priority", method.priorities.national_priority.value)
        capacity = method.design.high_demand_at_once.sub_dimension
        if capacity not in self.draft.sub_dimensions:
            self._wrong(
                "unknown-sub-dimension", "design.high_demand_at_once.sub_dimension",
                f"«{capacity}» is no sub-dimension of the framework.",
                f"Correct the code{nearest(capacity, list(self.draft.sub_dimensions))}.",
            )  # fmt: skip
        for name, rate in method.rates.items():
            self._in_english(f"rates.{name}.label", rate.label)
            for part in ("numerator", "denominator", "cases"):
                self._sum(f"rates.{name}.{part}", getattr(rate, part))
        for name, pair in method.impossible.items():
            self._in_english(f"impossible.{name}.message", pair.message)
            self._sum(f"impossible.{name}.part", pair.part)
            self._sum(f"impossible.{name}.whole", pair.whole)
        self._evidence()
        self._forms()
        self._aggregations()
        self._phases()
        for fact, source in method.design.facts.items():
            self._question(f"design.facts.{fact}.question", source.question)
        for table in method.design.donor_tables:
            self._donors(table.question, [table.donor, table.title, table.amount, table.start,
                                          table.end, table.form])  # fmt: skip

    def _wrong(self, code: str, path: str, message: str, remedy: str) -> None:
        self.draft.faults.add(
            code, message, remedy,
            file=METHOD, row=line_of(self.text, path.split(".")), column=path,
        )  # fmt: skip

    def _question(self, path: str, name: str) -> Question | None:
        question = self.draft.questions.get(name)
        if question is None and name not in self.draft.unread:
            self._wrong(
                "unknown-question", path, f"«{name}» is no question of the survey.",
                f"Correct the name{nearest(name, list(self.draft.questions))}.",
            )  # fmt: skip
        return question

    def _sum(self, path: str, text: str) -> None:
        if not text:
            return
        try:
            names = parse_sum(text).names
        except UnsupportedExpression as error:
            self._wrong("unsupported-rule", path, error.message, error.remedy)
            return
        for name in sorted(names):
            question = self._question(path, name)
            if question is not None and question.type not in NUMBERS:
                self._wrong(
                    "not-a-number", path, f"{name} asks for no number.", "Name a number question."
                )

    def _in_english(self, path: str, texts: Mapping[str, str]) -> None:
        if SOURCE_LANGUAGE not in texts:
            self._wrong("no-english", path, "No English text.", f"Add {path}.{SOURCE_LANGUAGE}.")

    def _evidence(self) -> None:
        classes = self.draft.choice_lists.get("evidence_classes", ())
        names = [choice.name for choice in classes]
        for name in self.method.existence.lifted_by:
            if name not in names:
                self._wrong(
                    "unknown-evidence-class", "existence.lifted_by",
                    f"«{name}» is no choice of the list `evidence_classes`.",
                    f"Use one of: {', '.join(names)}{nearest(name, names)}.",
                )  # fmt: skip
        for choice in classes:
            if choice.kind not in EVIDENCE_KINDS:
                self.draft.faults.add(
                    "unknown-evidence-kind",
                    f"The evidence class «{choice.name}» is of the kind «{choice.kind}».",
                    f"Use one of: {', '.join(EVIDENCE_KINDS)}.", file="choices.csv", column="kind",
                )  # fmt: skip

    def _forms(self) -> None:
        for choice in self.draft.choice_lists.get("cooperation_forms", ()):
            if choice.kind not in self.method.forms:
                self.draft.faults.add(
                    "unknown-form-kind",
                    f"The cooperation form «{choice.name}» is of the kind «{choice.kind}».",
                    f"Use one of: {', '.join(self.method.forms)}.",
                    file="choices.csv", column="kind",
                )  # fmt: skip

    def _aggregations(self) -> None:
        used = {"default": self.method.aggregation.default.value}
        used["profile"] = self.method.aggregation.profile.value
        for code, choice in self.method.aggregation.overrides.items():
            used[f"overrides.{code}"] = choice.value
        for place, name in used.items():
            if name not in self.method.aggregation.methods:
                self._wrong(
                    "undocumented-aggregation", f"aggregation.{place}",
                    f"«{name}» is used without its source and limits.",
                    f"Add [aggregation.methods.{name}] with source and limits.",
                )  # fmt: skip

    def _phases(self) -> None:
        phases = self.method.design.phases
        if [phase.number for phase in phases] != [1, 2, 3]:
            self._wrong("phases", "design.phases", "The phases are not 1, 2, 3.", "Order them.")
        for earlier, later in pairwise(phases):
            if earlier.to_month > later.from_month or later.from_month >= later.to_month:
                self._wrong(
                    "phases", "design.phases", f"Phase {later.number} does not follow on "
                    f"phase {earlier.number}.", "Correct the months.",
                )  # fmt: skip

    def _donors(self, name: str, columns: Iterable[str]) -> None:
        question = self._question("design.donor_tables", name)
        if question is None:
            return
        known = [column.name for column in question.columns]
        for column in filter(None, columns):
            if column not in known:
                self._wrong(
                    "unknown-table-column", "design.donor_tables",
                    f"«{column}» is no column of {name}.",
                    f"Use one of: {', '.join(known)}{nearest(column, known)}.",
                )  # fmt: skip
