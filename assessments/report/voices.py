"""How codes and stored answers read: the names of institutions and sub-dimensions, answers in
words, and whether this version may show a thing. One object per report, shared by all sections."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from assessments.language.words import QUOTED
from assessments.pack.model import Choice, Pack, Question
from assessments.report.inputs import ReportInputs
from assessments.report.pack_voices import PackVoices
from assessments.report.plain import plain
from assessments.report.small_numbers import SMALL
from assessments.report.wording import DASH, Wording
from assessments.results import Answer, AnswerState, ChosenIntervention, Gap, Rate, Sensitivity
from assessments.workbook.response import form


@dataclass(frozen=True)
class Voices(PackVoices):
    """Looks things up for one report in one language."""

    inputs: ReportInputs
    words: Wording
    untranslated: set[str] = field(default_factory=set)  # texts of the pack that stand in English
    unreviewed: set[str] = field(default_factory=set)  # translations no speaker has checked

    @property
    def pack(self) -> Pack:
        return self.inputs.pack

    @property
    def public(self) -> bool:
        """True for the version that was computed from public answers alone."""
        return self.inputs.edition == "public"

    def _of_pack(self, english: str) -> str:
        if english == self.inputs.country.un_name:
            return self.country
        return super()._of_pack(english)

    def rate_label(self, rate: Rate) -> str:
        """Name of an indicator of the method."""
        return plain(self._of_pack(rate.label))

    @property
    def country(self) -> str:
        """Name of the country in the reader's language."""
        return self.country_name(self.inputs.country)

    # --- codes ------------------------------------------------------------------------------------

    def may_show(self, mark: Sensitivity) -> bool:
        """False for what the public version does not tell."""
        return not self.public or mark is Sensitivity.PUBLIC

    def may_print_small(self, rate: str) -> bool:
        """True where a small count of this rate cannot lead to a protected person."""
        method = self.pack.method
        rule = method.rates.get(rate) if method else None
        return rule is not None and not rule.protected

    def named(self, text: str) -> str:
        """`text` with the codes of sub-dimensions replaced by their names."""
        return re.sub(
            r"\b[A-Z]{3}-\d+\b",
            lambda found: self.sub_name(found.group()),
            text,
        )

    def asked(self, text: str) -> str:
        """`text` with the codes of questions replaced by their wording."""
        return re.sub(
            r"\b[A-Z]{3}_\d+_\d+\b",
            lambda found: (
                self.quoted(self.question_label(found.group()))
                if found.group() in self.pack.question
                else found.group()
            ),
            text,
        )

    def quoted(self, text: str) -> str:
        """`text` between the quotation marks of the reader's language."""
        return self.words.say(QUOTED, text=text)

    def question_label(self, name: str) -> str:
        """Wording of a question, or its name where the pack has none."""
        question = self.pack.question.get(name)
        return plain(self.text(question.label)) if question else plain(name)

    @cached_property
    def gaps(self) -> dict[str, Gap]:
        return {gap.id: gap for gap in self.inputs.priorities.gaps}

    @cached_property
    def chosen(self) -> dict[str, ChosenIntervention]:
        """Chosen interventions by printed id and by code."""
        found = self.inputs.design.interventions
        return {c.id: c for c in found} | {c.intervention: c for c in found}

    def title(self, intervention: str) -> str:
        """Title of an intervention by printed id or code."""
        if intervention in self.chosen:
            return self.printed(self.chosen[intervention].title)
        known = self.pack.intervention.get(intervention)
        return plain(self.text(known.title)) if known else plain(intervention)

    def says(self, name: str) -> str:
        """What the Government says of one finding or activity; "" where it adds nothing to it.

        Bare acceptances are counted where the report says how far it was validated.
        """
        response = self.inputs.responses.get(name)
        if response is None or not response.remarks:
            return ""
        words = self.words
        said = {
            form.Choice.ACCEPT: words.say("The Government accepts this."),
            form.Choice.CORRECT: words.say("The Government corrects this:"),
            form.Choice.OBJECT: words.say("The Government objects to this:"),
        }[response.choice]
        if response.words:
            said += f" {self.quoted(self.plain(response.words))}"
        if response.evidence:
            document = self.plain(response.evidence, 400)
            said += " " + words.say("Document: {evidence}.", evidence=document)
        return said

    def answer(self, answer: Answer) -> str:
        """An answer in words: labels for choices, rows of a table one a line."""
        if answer.state is not AnswerState.ANSWERED:
            return self.words.state(answer.state)
        if answer.value == SMALL:
            return self.words.say("a small number, not printed")
        question = self.pack.question.get(answer.question)
        value = answer.value
        if value is None:
            return DASH
        if isinstance(value, str):
            return self.plain(self._label(question.choices if question else (), value))
        if isinstance(value, int | float):
            unit = f" {self.words.say(question.unit)}" if question and question.unit else ""
            return plain(f"{self.words.decimal(value)}{unit}")
        return self.plain(self._several(question, value))

    def _several(self, question: Question | None, value: tuple[object, ...]) -> str:
        choices = question.choices if question else ()
        if all(isinstance(item, str) for item in value):
            labels = [self._label(choices, str(item)) for item in value]
            return self.words.listed(labels) if labels else DASH
        columns = {column.name: column for column in question.columns} if question else {}
        lines = []
        for row in value:
            if isinstance(row, dict):
                cells = [
                    self._label(columns[name].choices if name in columns else (), _cell(cell))
                    for name, cell in row.items()
                    if cell != ""
                ]
                lines.append(" \u00b7 ".join(cells))
        return "\n".join(lines) or DASH

    def _label(self, choices: tuple[Choice, ...], name: str) -> str:
        for choice in choices:
            if choice.name == name:
                return self.text(choice.label)
        return name


def _cell(value: object) -> str:
    """A cell of a table as it was typed: 2018, not 2018.0; no grouping, as it may be a year."""
    return f"{value:.15g}" if isinstance(value, float) else str(value)
