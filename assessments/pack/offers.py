"""What a pack says about the results and risks of a project: `outcomes.csv` and `risks.csv`.

An outcome is a change in what named institutions do; an output is what the project delivers for
it; a standard risk is what an experienced officer would write into any register of this field.
All are sentences that experts edit. The words `{country}`, `{institutions}` and `{areas}` in a
sentence are replaced by what the design of a country holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assessments.pack.expressions import Expression, UnsupportedExpression, parse
from assessments.pack.model import NO_WORDS, Words
from assessments.pack.tables import Columns, Faults, Record, read_table

OUTCOMES_FILE = "outcomes.csv"
RISKS_FILE = "risks.csv"
PLACEHOLDERS = frozenset({"country", "institutions", "areas"})
MOST_LIKELY = 5  # likelihood and impact run from 1 to 5


class ResultLevel(StrEnum):
    """Where in the logical framework a sentence stands."""

    IMPACT = "impact"
    OUTCOME = "outcome"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """One result that designs may use, and what falls under it."""

    name: str  # authorities, authorities_skills
    level: ResultLevel
    under: str  # of an output: the name of its outcome
    sub_dimensions: tuple[str, ...]  # of an outcome: the gaps it answers
    types: tuple[str, ...]  # of an output: the types of intervention that deliver it
    sentence: Words
    assumption: Words  # what must hold so that this result leads to the next level
    sustainability: Words = NO_WORDS  # of an output: who pays after the project, what if not


class RiskScope(StrEnum):
    """What a standard risk is about."""

    PROJECT = "project"
    INTERVENTION = "intervention"  # the frame for the risk an intervention names itself
    SCREENING = "screening"  # human-rights due diligence, where police or surveillance is supported


@dataclass(frozen=True, slots=True)
class StandardRisk:
    """One entry of the register that holds wherever its condition does."""

    name: str
    scope: RiskScope
    category: str
    when: Expression | None  # None: always
    more_likely_when: Expression | None  # one step more likely
    event: Words
    cause: Words
    likelihood: int  # 1 rare .. 5 almost certain
    impact: int  # 1 slight .. 5 ends the project
    residual: int  # rating (likelihood x impact) that is left after mitigation
    warning_sign: Words
    mitigation: Words
    owner: str  # institution, or "project"


_RESULTS = Columns(
    plain=("name", "level", "under", "sub_dimensions", "types", "unreviewed"),
    worded=("sentence", "assumption", "sustainability"),
    needed=("name", "level", "sentence"),
)
_RISKS = Columns(
    plain=(
        "name", "scope", "category", "when", "more_likely_when", "likelihood", "impact",
        "residual", "owner", "unreviewed",
    ),
    worded=("event", "cause", "warning_sign", "mitigation"),
    needed=("name", "scope", "category", "likelihood", "impact", "residual", "cause"),
)  # fmt: skip


def read_outcomes(folder: Path, faults: Faults) -> tuple[ResultGroup, ...]:
    """The results of a pack; none where it has no such table."""
    if not (folder / OUTCOMES_FILE).exists():
        return ()
    return tuple(_result(record) for record in read_table(folder, OUTCOMES_FILE, _RESULTS, faults))


def _result(record: Record) -> ResultGroup:
    for column in ("sentence", "assumption", "sustainability"):
        _check_placeholders(record, column)
    return ResultGroup(
        name=record.text("name"),
        level=ResultLevel(record.one_of("level", [one.value for one in ResultLevel])),
        under=record.text("under"),
        sub_dimensions=record.parts("sub_dimensions"),
        types=record.parts("types"),
        sentence=record.words("sentence"),
        assumption=record.words("assumption"),
        sustainability=record.words("sustainability"),
    )


def _check_placeholders(record: Record, column: str) -> None:
    for text in record.words(column).texts.values():
        try:
            text.format(**dict.fromkeys(PLACEHOLDERS, ""))
        except (KeyError, IndexError, ValueError):
            record.wrong(
                "unknown-placeholder", column,
                "The sentence uses a word in braces that no design fills.",
                "Use only {country}, {institutions} and {areas}.",
            )  # fmt: skip


def read_risks(folder: Path, faults: Faults) -> tuple[StandardRisk, ...]:
    """The standard risks of a pack; none where it has no such table."""
    if not (folder / RISKS_FILE).exists():
        return ()
    return tuple(_risk(record) for record in read_table(folder, RISKS_FILE, _RISKS, faults))


def _risk(record: Record) -> StandardRisk:
    return StandardRisk(
        name=record.text("name"),
        scope=RiskScope(record.one_of("scope", [one.value for one in RiskScope])),
        category=record.text("category"),
        when=_condition(record, "when"),
        more_likely_when=_condition(record, "more_likely_when"),
        event=record.words("event"),
        cause=record.words("cause"),
        likelihood=_step(record, "likelihood", MOST_LIKELY),
        impact=_step(record, "impact", MOST_LIKELY),
        residual=_step(record, "residual", MOST_LIKELY * MOST_LIKELY),
        warning_sign=record.words("warning_sign"),
        mitigation=record.words("mitigation"),
        owner=record.text("owner"),
    )


def _step(record: Record, column: str, most: int) -> int:
    number = record.number(column, 1.0) or 1.0
    if not (1 <= number <= most and number == int(number)):
        record.wrong(
            "out-of-range", column, f"{number:g} is no whole number from 1 to {most}.",
            f"Write 1 to {most}.",
        )  # fmt: skip
        return 1
    return int(number)


def _condition(record: Record, column: str) -> Expression | None:
    text = record.text(column)
    if not text:
        return None
    try:
        return parse(text)
    except UnsupportedExpression as error:
        record.wrong("unsupported-expression", column, error.message, error.remedy)
        return None


def check_offers(
    outcomes: tuple[ResultGroup, ...],
    sub_dimensions: frozenset[str],
    types: frozenset[str],
    faults: Faults,
) -> None:
    """Faults across rows: unknown codes, an output under nothing, a type with no output."""
    named = {one.name for one in outcomes if one.level is ResultLevel.OUTCOME}
    covered: dict[str, set[str]] = {name: set() for name in named}
    for row, one in enumerate(outcomes, start=2):
        for code in sorted(set(one.sub_dimensions) - sub_dimensions):
            faults.add(
                "unknown-sub-dimension", f"{code} is no sub-dimension of framework.csv.",
                "Correct the code.", file=OUTCOMES_FILE, row=row, column="sub_dimensions",
            )  # fmt: skip
        for kind in sorted(set(one.types) - types):
            faults.add(
                "unknown-type", f"No intervention is of type {kind}.", "Correct the type.",
                file=OUTCOMES_FILE, row=row, column="types",
            )  # fmt: skip
        if one.level is ResultLevel.OUTPUT and one.under not in named:
            faults.add(
                "unknown-outcome", f"The output {one.name} stands under «{one.under}», no outcome.",
                "Name an outcome of this table.", file=OUTCOMES_FILE, row=row, column="under",
            )  # fmt: skip
        elif one.level is ResultLevel.OUTPUT:
            covered[one.under] |= set(one.types)
    for name, have in covered.items():
        for kind in sorted(types - have):
            faults.add(
                "type-without-output", f"No output of {name} takes interventions of type {kind}.",
                "Add the type to one of its outputs.", file=OUTCOMES_FILE, column="types",
            )  # fmt: skip
