"""Score one assessment: from answers to the two ledgers, in the order of the method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.errors import TanaError
from assessments.pack.method import Method
from assessments.pack.model import Pack, Tier
from assessments.results import (
    Answer,
    AnswerState,
    AnswerValue,
    AssessmentRef,
    CountryProfile,
    Scores,
)
from assessments.scoring.capability import Case, Scored, score_sub_dimension
from assessments.scoring.compliance import check_requirements, count_mandatory
from assessments.scoring.facts import unknown_questions
from assessments.scoring.gather import (
    Gathered,
    answer_values,
    gather,
    standing_values,
    tier_asked,
)
from assessments.scoring.profile import dimension_lines, form_lines
from assessments.scoring.rates import derive_rates


class NoMethod(TanaError):
    """The pack is a questionnaire without a method, so that nothing in it is scored."""


@dataclass(frozen=True, slots=True)
class Workings:
    """Everything between the answers and the result, for whoever asks how it came about."""

    method: Method
    gathered: Mapping[str, Gathered]
    values: Mapping[str, AnswerValue | None]
    tier: Tier
    scored: tuple[Scored, ...]


def method_of(pack: Pack) -> Method:
    """The pack's method; raises NoMethod where it has none."""
    if pack.method is None:
        raise NoMethod(
            f"The pack {pack.id} has no method, so that nothing in it is scored.",
            "Add a method.toml to its folder, or use the pack to collect answers only.",
        )
    return pack.method


def workings(
    pack: Pack, country: CountryProfile, answers: Iterable[Answer], ref: AssessmentRef
) -> Workings:
    """The scored sub-dimensions with all that they rest on. Raises NoMethod."""
    method = method_of(pack)
    gathered = gather(pack, answers)
    values = answer_values(gathered)
    tier = tier_asked(gathered)
    skipped = frozenset(n for n, item in gathered.items() if item.state is AnswerState.SKIPPED)
    standing = standing_values(gathered)
    unknown = unknown_questions(method, gathered)
    case = Case(pack, method, country, ref, gathered, standing, skipped, unknown, tier)
    scored = tuple(score_sub_dimension(case, sub) for sub in pack.sub_dimensions)
    return Workings(method, gathered, values, tier, scored)


def score_assessment(
    pack: Pack,
    country: CountryProfile,
    answers: Iterable[Answer],
    ref: AssessmentRef,
    *,
    untold: frozenset[str] = frozenset(),
) -> Scores:
    """The two ledgers of one assessment, capability and compliance, never merged.

    Levels run from 0 (absent) to 4 (sustained); what is not known is None or `unknown`, never 0.
    The order of `answers` changes nothing. `untold` are sub-dimensions that `answers` may not tell
    of: without a level they are left out of the profile lines (see `publication`). Raises NoMethod
    where the pack has no method.
    """
    return ledgers(pack, workings(pack, country, answers, ref), ref, untold=untold)


def ledgers(
    pack: Pack, work: Workings, ref: AssessmentRef, *, untold: frozenset[str] = frozenset()
) -> Scores:
    """What `score_assessment` returns, from workings that are known already."""
    requirements = check_requirements(pack, work.gathered, work.values, ref)
    return Scores(
        assessment=ref,
        sub_dimensions=tuple(item.shown for item in work.scored),
        dimensions=dimension_lines(pack, work.method, work.scored, ref, untold),
        forms=form_lines(pack, work.method, work.scored, ref, untold),
        requirements=requirements,
        mandatory=count_mandatory(pack, requirements),
        rates=derive_rates(work.method, work.gathered),
    )
