"""Reading what is known: framework, requirements, interventions, tailoring and cost shares."""

from __future__ import annotations

from assessments.pack.draft import Draft, expression
from assessments.pack.model import (
    CostShare,
    Dimension,
    Effect,
    Intervention,
    Obligation,
    Requirement,
    SubDimension,
    TailoringRule,
    Words,
)
from assessments.pack.tables import Columns, Record, nearest, read_table

FRAMEWORK = "framework.csv"
REQUIREMENTS = "requirements.csv"
INTERVENTIONS = "interventions.csv"
TAILORING = "tailoring.csv"
COST_SHARES = "cost_shares.csv"

FRAMEWORK_COLUMNS = Columns(
    plain=(
        "dimension", "consideration", "context", "sub_dimension", "cooperation_form",
        "institutions", "unreviewed",
    ),
    worded=(
        "dimension_name", "dimension_short", "name", "indicators", "level_0", "level_1", "level_2",
        "level_3", "level_4", "no_intervention_reason",
    ),
    needed=(
        "dimension", "dimension_name", "sub_dimension", "name", "institutions",
        "level_0", "level_1", "level_2", "level_3", "level_4",
    ),
)  # fmt: skip
REQUIREMENTS_COLUMNS = Columns(
    plain=(
        "name", "article", "paragraph", "ref", "obligation", "alternative_group",
        "cooperation_form", "dimension", "sub_dimension", "institutions", "check_type", "question",
        "item", "column", "met", "partly", "not_met", "applies", "verification", "unreviewed",
    ),
    worded=("article_title", "text", "reason"),
    needed=(
        "name", "ref", "text", "obligation", "sub_dimension", "question", "met", "not_met",
    ),
)  # fmt: skip
INTERVENTIONS_COLUMNS = Columns(
    plain=(
        "name", "type", "sub_dimensions", "untoc_refs", "prerequisites", "in_place", "unit",
        "unit_cost_low_usd", "unit_cost_high_usd", "months_min", "months_max", "cost_basis",
        "tool_year", "tool_verification", "already_used", "sdg_target", "phase", "demand",
        "hrddp", "lead", "unreviewed",
    ),
    worded=(
        "title", "prerequisite_note", "tool", "output", "outcome", "means_of_verification", "risk",
    ),
    needed=(
        "name", "title", "type", "sub_dimensions", "unit_cost_low_usd", "unit_cost_high_usd",
        "months_min", "months_max", "phase", "demand",
    ),
)  # fmt: skip
TAILORING_COLUMNS = Columns(
    plain=(
        "name", "interventions", "when", "effect", "factor", "kind", "basis", "verification",
        "unreviewed",
    ),
    worded=("how", "reason"),
    needed=("name", "interventions", "when", "effect", "reason", "kind"),
)  # fmt: skip
COST_SHARES_COLUMNS = Columns(
    plain=("type", "category", "share", "unit", "unreviewed"),
    worded=("reason",),
    needed=("type", "category", "share"),
)
KINDS = (
    "legal_tradition", "resources", "treaty_effect", "language", "institution", "strategy",
    "network", "tool", "donor", "geography", "safeguard",
)  # fmt: skip
CATEGORIES = (
    "personnel", "supplies", "equipment", "contractual", "travel", "transfers", "operating",
)  # fmt: skip
DEMANDS = ("low", "medium", "high")
VERIFICATIONS = ("", "verified", "unverified", "illustrative")


def _text_needed(record: Record, *stems: str) -> None:
    for stem in stems:
        if not record.words(stem):
            record.wrong("no-english", stem, f"«{stem}» has no English text.", "Write one.")


def read_framework(draft: Draft) -> None:
    """Dimensions and sub-dimensions with the texts of their five levels."""
    for record in read_table(draft.folder, FRAMEWORK, FRAMEWORK_COLUMNS, draft.faults):
        code, dimension = record.text("sub_dimension"), record.text("dimension")
        if not code or not draft.place(record, code):
            if not code:
                record.wrong("no-name", "sub_dimension", "The row has no code.", "Write STR-1 ...")
            continue
        _text_needed(record, "name", "dimension_name", *(f"level_{n}" for n in range(5)))
        context = record.flag("context")
        known = draft.dimensions.setdefault(
            dimension,
            Dimension(
                dimension,
                record.words("dimension_name"),
                record.text("consideration"),
                context,
                record.words("dimension_short"),
            ),
        )
        if known.context is not context:
            record.wrong(
                "context-differs", "context",
                f"Rows of «{dimension}» disagree whether it is context.",
                "Write the same in all of them.",
            )  # fmt: skip
        level = [record.words(f"level_{number}") for number in range(5)]
        draft.sub_dimensions[code] = SubDimension(
            code,
            dimension,
            record.words("name"),
            record.text("cooperation_form"),
            record.parts("institutions"),
            record.words("indicators"),
            (level[0], level[1], level[2], level[3], level[4]),
            record.words("no_intervention_reason"),
        )


def read_requirements(draft: Draft) -> None:
    """Treaty paragraphs and what decides each."""
    for record in read_table(draft.folder, REQUIREMENTS, REQUIREMENTS_COLUMNS, draft.faults):
        name = record.text("name")
        if not draft.place(record, name):
            continue
        _text_needed(record, "text")
        draft.requirements[name] = Requirement(
            name=name,
            article=record.text("article"),
            article_title=record.words("article_title"),
            ref=record.text("ref"),
            text=record.words("text"),
            obligation=Obligation(
                record.one_of("obligation", [kind.value for kind in Obligation], "context")
            ),
            alternative_group=record.text("alternative_group"),
            cooperation_form=record.text("cooperation_form"),
            dimension=record.text("dimension"),
            sub_dimension=record.text("sub_dimension"),
            institutions=record.parts("institutions"),
            check_type=record.text("check_type"),
            question=record.text("question"),
            item=record.text("item"),
            column=record.text("column"),
            met=record.text("met"),
            partly=record.text("partly"),
            not_met=record.text("not_met"),
            applies=expression(record, "applies"),
            reason=record.words("reason"),
            verification=record.one_of("verification", VERIFICATIONS),
        )


def read_interventions(draft: Draft) -> None:
    """What can be offered, with costs and conditions."""
    for record in read_table(draft.folder, INTERVENTIONS, INTERVENTIONS_COLUMNS, draft.faults):
        name = record.text("name")
        if not draft.place(record, name):
            continue
        _text_needed(record, "title")
        draft.interventions[name] = Intervention(
            name=name,
            title=record.words("title"),
            type=record.text("type"),
            sub_dimensions=record.parts("sub_dimensions"),
            untoc_refs=record.parts("untoc_refs"),
            prerequisites=record.parts("prerequisites"),
            prerequisite_note=record.words("prerequisite_note"),
            in_place=expression(record, "in_place"),
            unit=record.text("unit"),
            unit_cost_low=_whole(record, "unit_cost_low_usd"),
            unit_cost_high=_whole(record, "unit_cost_high_usd"),
            months_min=_whole(record, "months_min"),
            months_max=_whole(record, "months_max"),
            cost_basis=record.text("cost_basis"),
            tool=record.words("tool"),
            tool_year=record.text("tool_year"),
            tool_verification=record.one_of("tool_verification", VERIFICATIONS),
            already_used=expression(record, "already_used"),
            output=record.words("output"),
            outcome=record.words("outcome"),
            means_of_verification=record.words("means_of_verification"),
            risk=record.words("risk"),
            sdg_target=record.text("sdg_target"),
            phase=int(record.one_of("phase", ("1", "2", "3"), "1")),
            demand=record.one_of("demand", DEMANDS, "medium"),
            hrddp=record.flag("hrddp"),
            lead=record.text("lead"),
        )


def read_tailoring(draft: Draft) -> None:
    """Rules that fit the interventions to the country; groups of interventions are expanded."""
    for record in read_table(draft.folder, TAILORING, TAILORING_COLUMNS, draft.faults):
        name = record.text("name")
        if not draft.place(record, name):
            continue
        _text_needed(record, "reason")
        when = expression(record, "when")
        if not record.text("when"):
            record.wrong(
                "no-condition", "when", "The rule has no condition.",
                "Write when it holds; a rule for every country is no tailoring.",
            )  # fmt: skip
        interventions = _expanded(draft, record)
        effect = Effect(record.one_of("effect", [e.value for e in Effect], Effect.ADAPT.value))
        kind = record.one_of("kind", KINDS, KINDS[0])
        factor = record.number("factor")
        if when is None:
            continue
        draft.tailoring[name] = TailoringRule(
            name,
            interventions,
            when,
            effect,
            factor,
            record.words("how"),
            record.words("reason"),
            kind,
            record.text("basis"),
            record.text("verification"),
        )


def _expanded(draft: Draft, record: Record) -> tuple[str, ...]:
    found: dict[str, None] = {}
    types = sorted({offer.type for offer in draft.interventions.values()})
    for part in record.parts("interventions"):
        if part == "*":
            found.update(dict.fromkeys(draft.interventions))
        elif part.startswith("type:"):
            kind = part.removeprefix("type:").strip()
            ids = [offer.name for offer in draft.interventions.values() if offer.type == kind]
            if not ids:
                record.wrong(
                    "unknown-type", "interventions", f"No intervention is of the type «{kind}».",
                    f"Correct it{nearest(kind, types)}.",
                )  # fmt: skip
            found.update(dict.fromkeys(ids))
        elif part in draft.interventions:
            found[part] = None
        else:
            record.wrong(
                "unknown-intervention", "interventions", f"«{part}» is no intervention.",
                f"Correct the id{nearest(part, list(draft.interventions))}.",
            )  # fmt: skip
    if not record.parts("interventions"):
        record.wrong(
            "no-intervention", "interventions", "The rule names no intervention.",
            "Write ids, type:training, or *.",
        )  # fmt: skip
    return tuple(found)


def read_cost_shares(draft: Draft) -> None:
    """How costs of a type of intervention fall into budget categories."""
    for record in read_table(draft.folder, COST_SHARES, COST_SHARES_COLUMNS, draft.faults):
        kind, category = record.text("type"), record.one_of("category", CATEGORIES, CATEGORIES[0])
        if not draft.place(record, f"{kind} {category}"):
            continue
        share = record.number("share", 0.0)
        if share is None or not 0 <= share <= 1:
            record.wrong("out-of-range", "share", f"{share} is no share.", "Write 0 to 1.")
            share = 0.0
        draft.cost_shares.append(
            CostShare(kind, category, share, record.text("unit"), _reason(record))
        )


def _reason(record: Record) -> Words:
    return record.words("reason")


def _whole(record: Record, column: str) -> int:
    number = record.number(column)
    if number is None and not record.text(column):
        record.wrong("no-number", column, f"«{column}» is empty.", "Write a number.")
    if number is not None and (number < 0 or not float(number).is_integer()):
        record.wrong(
            "not-a-whole-number", column, f"{number:g} is no whole number from 0 up.",
            "Write digits only.",
        )  # fmt: skip
        return 0
    return int(number or 0)
