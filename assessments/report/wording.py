"""Every sentence and label a report composes, in one place, with numbers in the reader's format.

English stands here as the source of the message catalogues: each text goes through them, plural
forms included, so that another language is a catalogue and no code. A sentence is composed from
values, never pasted from parts that could contradict each other. "Reported" is kept apart from
"seen", strengths come before gaps, institutions are named by function.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from assessments.language import Figures, words
from assessments.report.terms import N_, TERMS
from assessments.results import AnswerState, EvidenceState, Verdict

LEVEL_WORDS = (N_("absent"), N_("initial"), N_("partial"), N_("functional"), N_("sustained"))
DASH = "\u2013"  # stands where a value is not known; never a zero


class Wording:
    """The words of one language, from its catalogue, with its figures."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self.words = words(language)
        self.figures = Figures(language)

    # --- the catalogue ------------------------------------------------------------------------

    def say(self, text: str, /, **values: object) -> str:
        """`text` in the reader's language, with its values filled in."""
        return self.words(text, **values)

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """A sentence that agrees with `number`, which stands in it as `{n}`."""
        return self.words.ngettext(one, many, number, n=self.whole(number), **values)

    def labelled(self, label: str, text: str) -> str:
        """A label and what it is said of, side by side: label: text."""
        return self.say("{label}: {text}", label=label, text=text)

    def listed(self, items: Sequence[str]) -> str:
        """`items` as a list in a sentence: a, b and c."""
        return self.figures.listed(items)

    def parted(self, items: Sequence[str]) -> str:
        """`items` side by side, parted by semicolons."""
        return self.figures.parted(items)

    # --- numbers and dates ----------------------------------------------------------------------

    def whole(self, number: int) -> str:
        """A whole number, grouped."""
        return self.figures.whole(number)

    def quantity(self, quantity: Decimal, unit: str) -> str:
        """How much of what; a part of one is one of reduced scope, as nobody holds 0.4 clinic."""
        if 0 < quantity < 1:
            return self.say("{share} of one {unit}", share=self.share(quantity), unit=unit)
        return self.say("{quantity} {unit}", quantity=self.decimal(quantity), unit=unit)

    def quantity_of(self, value: float, unit: str) -> str:
        """A figure with its unit: 12 days."""
        return self.say("{quantity} {unit}", quantity=self.decimal(value, "#,##0.#"),
                        unit=self.say(unit))  # fmt: skip

    def decimal(self, number: float | Decimal, pattern: str = "#,##0.##") -> str:
        """A number in the reader's format."""
        return self.figures.decimal(number, pattern)

    def level(self, level: float | None) -> str:
        """A level 0 to 4 with one decimal, or a dash."""
        return DASH if level is None else self.decimal(level, "0.0")

    def share(self, share: float | Decimal | None) -> str:
        """0 to 1 as a whole per cent, or a dash."""
        return DASH if share is None else self.figures.share(share)

    def interval(self, low: float | None, high: float | None) -> str:
        """An interval of levels, or a dash."""
        if low is None or high is None:
            return DASH
        if self.level(low) == self.level(high):
            return self.level(low)
        return f"{self.level(low)}{DASH}{self.level(high)}"

    def money(self, amount: Decimal | None, currency: str = "USD") -> str:
        """An amount with its currency, cents only where there are any; or a dash."""
        return DASH if amount is None else self.figures.money(amount, currency)

    def figure(self, amount: Decimal) -> str:
        """An amount without its currency, cents only where there are any."""
        return self.decimal(amount, "#,##0" if amount == amount.to_integral() else "#,##0.00")

    def day(self, day: date | datetime) -> str:
        """A date in words."""
        return self.figures.day(day)

    # --- names of codes -------------------------------------------------------------------------

    def level_word(self, level: float | None) -> str:
        """The level's name; a level counts as reached only when it is: 1.9 is still initial."""
        if level is None:
            return self.say("not enough information")
        return self.say(LEVEL_WORDS[max(0, min(4, int(level + 1e-9)))])

    def dimension_word(self, level: float) -> str:
        """The level's name said of a dimension, which is feminine in French and Spanish."""
        return self.words.of("dimension", LEVEL_WORDS[max(0, min(4, int(level + 1e-9)))])

    def evidence(self, state: EvidenceState | None) -> str:
        """What stands behind a level, in a word or two."""
        if state is None:
            return DASH
        return self.say(
            {
                EvidenceState.SEEN: N_("seen (document)"),
                EvidenceState.OBSERVED: N_("observed by an expert"),
                EvidenceState.STATED: N_("reported only"),
            }[state]
        )

    def verdict(self, verdict: Verdict) -> str:
        """Where a treaty paragraph stands."""
        return self.say(
            {
                Verdict.MET: N_("met"),
                Verdict.PARTLY: N_("partly met"),
                Verdict.NOT_MET: N_("not met"),
                Verdict.NOT_APPLICABLE: N_("not applicable"),
                Verdict.UNKNOWN: N_("not known"),
            }[verdict]
        )

    def state(self, state: AnswerState) -> str:
        """What became of a question."""
        return self.say(
            {
                AnswerState.ANSWERED: N_("answered"),
                AnswerState.NO_INFORMATION: N_("asked, not known"),
                AnswerState.NOT_APPLICABLE: N_("does not apply"),
                AnswerState.WITHHELD: N_("withheld"),
                AnswerState.SKIPPED: N_("not asked, given other answers"),
                AnswerState.BLANK: N_("no answer"),
                AnswerState.UNUSABLE: N_("cannot be read as an answer"),
            }[state]
        )

    def term(self, code: str) -> str:
        """A code of the method in words; an unknown code is printed as words of its own."""
        return self.say(TERMS.get(code, code.replace("_", " ")))

    def basis(self, basis: str) -> str:
        """Remark on what a level rests on; empty for facts."""
        return {
            "self_rated": self.say("self-rating only, too few facts"),
            "validated": self.say("agreed value"),
        }.get(basis, "")

    def not_shown(self) -> str:
        """What stands where this version may not show a value."""
        return self.say("not shown")

    def profile_note(self) -> str:
        """Under the profile of a version that leaves something out."""
        return self.say(
            "Public version: a line stands for the sub-dimensions that may be shown and have a "
            "level; the last column says from how many. The others rest on restricted answers or "
            "on too little information."
        )

    # --- sentences ------------------------------------------------------------------------------

    def service(self, country: str, why: str) -> tuple[str, ...]:
        """In whose service the assessment is, and why by the pack: the first words of a report."""
        whom = self.say("This assessment is in the service of {country}.", country=country)
        return (
            f"{whom} {why}".strip(),
            self.say(
                "The findings (Part A) rest on answers that national authorities gave about "
                "their own institutions. The project design (Part B) is a draft, for the "
                "Government to discuss, correct and decide."
            ),
        )

    def scope(
        self,
        *,
        country: str,
        institutions: int,
        silent: int,
        coverage: float | None,
        scored: int,
        of: int,
        hidden: int = 0,
    ) -> str:
        """What was assessed, from how many answers; hidden sub-dimensions are named apart."""
        first = self.count(
            "{n} institution of {country} answered.",
            "{n} institutions of {country} answered.",
            institutions,
            country=country,
        )
        if silent:
            quiet = self.count("{n} has not answered yet.", "{n} have not answered yet.", silent)
            first = f"{first} {quiet}"
        if coverage is not None:
            first += " " + self.say(
                "Their answers cover {share} of the questions that apply, by weight.",
                share=self.share(coverage),
            )
        if hidden:
            first += " " + self.parts_not_told(hidden)
            of -= hidden
        if scored == of:
            return f"{first} " + self.count(
                "The {n} sub-dimension shown has enough information for a level from 0 (absent) "
                "to 4 (sustained).",
                "All {n} sub-dimensions shown have enough information for a level from 0 (absent) "
                "to 4 (sustained).",
                of,
            )
        return f"{first} " + self.say(
            "Of {of} sub-dimensions, {scored} have enough information for a level from 0 (absent) "
            "to 4 (sustained); the others are shown as open questions, not as weaknesses.",
            of=self.whole(of),
            scored=self.whole(scored),
        )

    def strength(self, name: str, level: float | None, evidence: EvidenceState | None) -> str:
        """One thing that works."""
        return self.say(
            "{name}: {word} (level {level}), {evidence}.",
            name=name,
            word=self.level_word(level),
            level=self.level(level),
            evidence=self.evidence(evidence),
        )

    def gap(self, name: str, level: float, target: float) -> str:
        """One gap, message first."""
        return self.say(
            "{name}: level {level}, target {target}.",
            name=name,
            level=self.level(level),
            target=self.level(target),
        )

    def compliance(self, counts: dict[Verdict, int], *, hidden: int = 0) -> str:
        """Mandatory paragraphs in one sentence, all counts in it."""
        total = sum(counts.values()) + hidden
        text = self.say(
            "Of {total} mandatory treaty paragraphs, {met} are met according to the answers "
            "given, {partly} are partly met and {not_met} are not met; {unknown} cannot be judged "
            "from the answers and {na} do not apply.",
            total=self.whole(total),
            met=self.whole(counts.get(Verdict.MET, 0)),
            partly=self.whole(counts.get(Verdict.PARTLY, 0)),
            not_met=self.whole(counts.get(Verdict.NOT_MET, 0)),
            unknown=self.whole(counts.get(Verdict.UNKNOWN, 0)),
            na=self.whole(counts.get(Verdict.NOT_APPLICABLE, 0)),
        )
        if hidden:
            text += " " + self.say("{n} are not shown in the public version.", n=self.whole(hidden))
        return text

    def situation(
        self,
        *,
        level: float | None,
        lowest: float | None,
        highest: float | None,
        scored: int,
        of: int,
        coverage: float | None,
        hidden: int,
    ) -> str:
        """Where a dimension stands."""
        if hidden == of:
            return self.say(
                "All that is known of this dimension rests on restricted answers; it is not shown "
                "in the public version."
            )
        asked = self.say(
            "{scored} of {of} sub-dimensions have a level; answers cover {coverage} of the "
            "questions that apply.",
            scored=self.whole(scored),
            of=self.whole(of),
            coverage=self.share(coverage),
        )
        if hidden:
            asked = self.count(
                "This is said from {scored} of {of} sub-dimensions; {n} rests on restricted "
                "answers and counts nowhere in this version. Answers cover {coverage} of the "
                "questions behind what is shown.",
                "This is said from {scored} of {of} sub-dimensions; {n} rest on restricted "
                "answers and count nowhere in this version. Answers cover {coverage} of the "
                "questions behind what is shown.",
                hidden,
                scored=self.whole(scored),
                of=self.whole(of),
                coverage=self.share(coverage),
            )
        if level is None:
            return self.say("There is not enough information for a level.") + " " + asked
        text = self.say(
            "Taken together this dimension is {word}: level {level} on the scale from 0 to 4.",
            word=self.dimension_word(level),
            level=self.level(level),
        )
        if lowest is not None and highest is not None and scored > 1:
            text += " " + self.say(
                "Its sub-dimensions reach from {lowest} to {highest}.",
                lowest=self.level(lowest),
                highest=self.level(highest),
            )
        return f"{text} {asked}"

    def evidence_sentence(self, seen: int, observed: int, stated: int, claimed: int) -> str:
        """Seen against reported, for one dimension."""
        if not seen + observed + stated:
            return ""
        parts = [
            self.count("{n} on documents seen", "{n} on documents seen", seen) if seen else "",
            self.count("{n} on an expert's observation", "{n} on an expert's observation", observed)
            if observed
            else "",
            self.count("{n} on what was reported only", "{n} on what was reported only", stated)
            if stated
            else "",
        ]
        text = self.say(
            "Evidence behind these levels: {parts}.", parts=self.listed([p for p in parts if p])
        )
        if not seen:
            text += " " + self.say("No document was seen.")
        if claimed:
            text += " " + self.count(
                "{n} high level is reported without a document and should be confirmed.",
                "{n} high levels are reported without a document and should be confirmed.",
                claimed,
            )
        return text

    def parts_not_told(self, number: int) -> str:
        """How many sub-dimensions could not be judged from public answers; empty for none."""
        if not number:
            return ""
        return self.count(
            "{n} sub-dimension rests on restricted answers and is not shown.",
            "{n} sub-dimensions rest on restricted answers and are not shown.",
            number,
        )

    def quarters(self, start: int, end: int) -> str:
        """Quarters of the project, the first is 1."""
        if start == end:
            return self.say("Q{q}", q=start)
        return self.say("Q{first}{dash}Q{last}", first=start, dash=DASH, last=end)

    def months(self, start: int, length: int) -> str:
        """Months of the project from its start."""
        if length <= 1:
            return self.say("month {first}", first=start + 1)
        return self.say(
            "months {first}{dash}{last}", first=start + 1, dash=DASH, last=start + length
        )
