"""What rules and conditions may read of a country: its profile, answers, levels and verdicts.

The names are those of the table in `questionnaires/README.md`. The country's own answers correct
the reference data. What is not known stays `''`, never a guess, and is listed, so that the report
can say which rules were silent for want of an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assessments.language import Said
from assessments.pack.expressions import Expression, chosen
from assessments.pack.model import Pack
from assessments.results import (
    Answer,
    AnswerValue,
    CountryProfile,
    Scores,
    Sensitivity,
)
from assessments.scoring import gather as gather_answers

_SCALARS = (
    "legal_tradition",
    "treaty_effect",
    "resource_setting",
    "region",
    "subregion",
    "untoc_status",
)
_PRINTED = (*_SCALARS, "ldc", "lldc", "sids", "official_languages", "networks", "institutions")
_UNKNOWN = Said("unknown")
_NAMES = {
    "legal_tradition": Said("legal tradition"),
    "treaty_effect": Said("effect of treaties in national law"),
    "resource_setting": Said("resource setting"),
    "region": Said("region"),
    "subregion": Said("subregion"),
    "untoc_status": Said("status under the Convention"),
    "ldc": Said("least developed country"),
    "lldc": Said("landlocked developing country"),
    "sids": Said("small island developing State"),
    "official_languages": Said("official languages"),
    "networks": Said("networks it belongs to"),
    "institutions": Said("institutions that answered"),
}


@dataclass(frozen=True)
class Facts:
    """The values a condition may read, and what stands behind each."""

    values: Mapping[str, AnswerValue | None]
    behind: Mapping[str, tuple[str, ...]]  # name -> ids of answers
    marks: Mapping[str, Sensitivity]
    country: CountryProfile  # corrected by the country's own answers
    assumptions: tuple[str, ...] = ()
    asked: frozenset[str] = field(default_factory=frozenset)  # questions of the pack

    def answers_read(self, names: Iterable[str]) -> tuple[str, ...]:
        """Ids of the answers behind the names a condition reads."""
        return tuple(
            dict.fromkeys(one for name in sorted(names) for one in self.behind.get(name, ()))
        )

    def sensitivity(self, names: Iterable[str]) -> Sensitivity:
        """The highest sensitivity of what a condition reads."""
        return Sensitivity.highest(*(self.marks.get(name, Sensitivity.PUBLIC) for name in names))

    def known(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def holds(self, expression: Expression | None) -> bool:
        """True where the condition is stated and true of this country.

        A condition of which nothing it reads is known holds never: `not(...)` of an unanswered
        question would else turn silence into a finding.
        """
        return (
            expression is not None
            and any(map(self.known, expression.names))
            and expression.holds(self.values)
        )

    def not_public(self) -> tuple[str, ...]:
        """Printed facts that rest on an answer which is not public."""
        return tuple(n for n in _PRINTED if self.sensitivity([n]) is not Sensitivity.PUBLIC)

    def printed(self) -> tuple[tuple[str, str], ...]:
        """Fact and value for the report; `unknown` where so."""
        return tuple((name, _fact(self.values.get(name))) for name in _PRINTED)


def answers_heard(pack: Pack, answers: Sequence[Answer]) -> Mapping[str, Answer]:
    """The answer that a rule reads, by question: the one that scoring says stands, else another."""
    gathered = gather_answers(pack, answers)
    return {name: item.heard for name, item in gathered.items() if item.heard is not None}


def gather(
    pack: Pack,
    country: CountryProfile,
    answers: Sequence[Answer],
    scores: Scores,
    *,
    regional_networks: Sequence[str] = (),
    donor_projects: int | None = None,
) -> Facts:
    """Everything a rule may read of this country."""
    values: dict[str, AnswerValue | None] = {}
    behind: dict[str, tuple[str, ...]] = {}
    marks: dict[str, Sensitivity] = {}
    counting = answers_heard(pack, answers)
    for name, answer in counting.items():
        values[name] = answer.value
        behind[name] = (answer.id,)
        marks[name] = pack.question[name].sensitivity
    corrected, assumptions = _corrected(pack, country, counting, behind, marks)
    values |= {name: getattr(corrected, name) for name in _SCALARS}
    values |= {
        name: "yes" if getattr(corrected, name) else "no" for name in ("ldc", "lldc", "sids")
    }
    values["official_languages"] = corrected.official_languages or ""
    values["networks"] = corrected.networks
    values["regional_networks"] = tuple(regional_networks)
    values["institutions"] = tuple(
        sorted({one.institution for one in answers if one.value is not None})
    )
    values["donor_projects"] = "" if donor_projects is None else float(donor_projects)
    _read_scores(scores, values, behind, marks)
    unknown = tuple(name for name in _SCALARS if not values[name])
    return Facts(
        values=values,
        behind=behind,
        marks=marks,
        country=corrected,
        assumptions=(*assumptions, *(_unknown_fact(name) for name in unknown)),
        asked=frozenset(pack.question),
    )


def _corrected(
    pack: Pack,
    country: CountryProfile,
    counting: Mapping[str, Answer],
    behind: dict[str, tuple[str, ...]],
    marks: dict[str, Sensitivity],
) -> tuple[CountryProfile, list[str]]:
    """The profile as the country itself describes it; the difference is said."""
    changes: dict[str, str] = {}
    said: list[str] = []
    for fact, source in (pack.method.design.facts if pack.method else {}).items():
        answer = counting.get(source.question)
        if fact not in _SCALARS or answer is None:
            continue
        picked = chosen(answer.value)
        value = source.values.get(picked[0], "") if picked else ""
        # An answer that only confirms what is publicly known makes nothing confidential.
        if value and value != getattr(country, fact):
            behind[fact] = (answer.id,)
            marks[fact] = pack.question[source.question].sensitivity
            changes[fact] = value
            said.append(_corrected_fact(fact))
    return country.model_copy(update=changes), said


def _read_scores(
    scores: Scores,
    values: dict[str, AnswerValue | None],
    behind: dict[str, tuple[str, ...]],
    marks: dict[str, Sensitivity],
) -> None:
    for score in scores.sub_dimensions:
        code = score.sub_dimension.replace("-", "_")
        voices = tuple(voice.answer for fact in score.facts for voice in fact.voices)
        for name, value in ((f"level_{code}", score.level), (f"gap_{code}", score.gap)):
            values[name] = "" if value is None else value
            behind[name] = voices
            marks[name] = score.sensitivity
    for status in scores.requirements:
        name = f"verdict_{status.requirement}"
        values[name] = status.verdict.value
        behind[name] = tuple(voice.answer for voice in status.voices)
        marks[name] = status.sensitivity


# --- sentences ------------------------------------------------------------------------------------


def _fact(value: AnswerValue | None) -> Said:
    if isinstance(value, tuple):
        return Said("{values}", values=tuple(map(str, value))) if value else _UNKNOWN
    return Said(str(value)) if value not in (None, "") else _UNKNOWN


def _fact_name(name: str) -> str:
    return _NAMES.get(name, name)


def _unknown_fact(name: str) -> Said:
    return Said(
        "Not known: {fact}. No rule that asks for it was applied; confirm it with the government.",
        fact=_fact_name(name),
    )


def _corrected_fact(name: str) -> Said:
    return Said(
        "The country's own answer is used instead of the reference data: {fact}.",
        fact=_fact_name(name),
    )
