"""All sentences of a design in one place, so that an editor finds them.

Each is a message with its values (`Said`); the report composes it in the reader's language. A name
inside a sentence is written `{name!l}`, without its capital.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from assessments.language import Level, Money, Said, Share
from assessments.results import AnswerValue, AppliedRule, Gap

UNKNOWN = Said("unknown")
EVERY_YEAR = Said("once a year")
AT_THE_END = Said("at the end of the activity")
NEXT_ROUND = Said("next round of this questionnaire")
LEDGER = Said("compliance table of the next round")
NOT_COUNTED = Said("none: counts institutions, not people")
BY_SEX = Said("by sex and institution")
NO_BASELINE = Said("none yet")

_FACTS = {
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
_CATEGORIES = {
    "personnel": Said("Staff and other personnel"),
    "supplies": Said("Supplies, commodities and materials"),
    "equipment": Said("Equipment, vehicles and furniture"),
    "contractual": Said("Contractual services"),
    "travel": Said("Travel"),
    "transfers": Said("Transfers and grants to counterparts"),
    "operating": Said("General operating and other direct costs"),
    "monitoring": Said("Monitoring and evaluation"),
    "contingency": Said("Contingency"),
}
_SIZES = {
    "essential": Said("Essential"),
    "core": Said("Core"),
    "full": Said("Full"),
}


def listed(items: Iterable[str]) -> str:
    """a, b and c; semicolons where an item holds a comma or an «and» of its own."""
    words = [item for item in items if item]
    if len(words) > 1 and any("," in word or " and " in word for word in words):
        return f"{'; '.join(words[:-1])}; and {words[-1]}"
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def lower_first(text: str) -> str:
    """The text as it stands inside a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def inside(names: Iterable[str]) -> tuple[Said, ...]:
    """Names as they stand inside a sentence."""
    return tuple(Said("{name!l}", name=name) for name in names)


def quoted(titles: Iterable[str]) -> tuple[Said, ...]:
    """Titles as they stand inside a sentence."""
    return tuple(Said("«{title}»", title=title) for title in titles)


def ended(text: str) -> str:
    """A text of a pack as a sentence of its own."""
    return text if text.endswith((".", "!", "?")) else Said("{text}.", text=text)


# --- what is known of the country --------------------------------------------------------------


def fact(value: AnswerValue | None) -> Said:
    if isinstance(value, tuple):
        return Said("{values}", values=tuple(map(str, value))) if value else UNKNOWN
    return Said(str(value)) if value not in (None, "") else UNKNOWN


def fact_name(name: str) -> str:
    return _FACTS.get(name, name)


def unknown_fact(name: str) -> Said:
    return Said(
        "Not known: {fact}. No rule that asks for it was applied; confirm it with the government.",
        fact=fact_name(name),
    )


def corrected_fact(name: str) -> Said:
    return Said(
        "The country's own answer is used instead of the reference data: {fact}.",
        fact=fact_name(name),
    )


def decided(decision: str, reason: str, by: str) -> Said:
    if decision == "include":
        if by:
            return Said("Included by decision ({by}): {reason}", by=by, reason=ended(reason))
        return Said("Included by decision: {reason}", reason=ended(reason))
    if by:
        return Said("Left out by decision ({by}): {reason}", by=by, reason=ended(reason))
    return Said("Left out by decision: {reason}", reason=ended(reason))


def ceiling_decided(ceiling: Decimal, by: str, reason: str) -> Said:
    amount = Money(ceiling, "USD")
    if by:
        return Said(
            "The ceiling of {ceiling} was decided by {by}: {reason}",
            ceiling=amount,
            by=by,
            reason=ended(reason),
        )
    return Said(
        "The ceiling of {ceiling} was decided: {reason}", ceiling=amount, reason=ended(reason)
    )


def ceiling_set_aside(ceiling: Decimal, named: Decimal, by: str) -> Said:
    amounts = {"ceiling": Money(ceiling, "USD"), "named": Money(named, "USD")}
    if by:
        return Said(
            "The decided ceiling of {ceiling} ({by}) was set aside for this computation, which was "
            "asked for with {named}.",
            by=by,
            **amounts,
        )
    return Said(
        "The decided ceiling of {ceiling} was set aside for this computation, which was asked for "
        "with {named}.",
        **amounts,
    )


def decisions_beyond(package: str) -> Said:
    return Said(
        "The {package!l} package is too small for what was included by decision; it is designed "
        "without it.",
        package=_SIZES.get(package, Said(package)),
    )


def decision_on_nothing(about: str, by: str) -> Said:
    if by:
        return Said(
            "A decision ({by}) is about {about}, which this version of the questionnaire pack does "
            "not offer: it was not applied.",
            by=by,
            about=about,
        )
    return Said(
        "A decision is about {about}, which this version of the questionnaire pack does not offer: "
        "it was not applied.",
        about=about,
    )


def not_known_in_place(title: str, questions: Sequence[str]) -> Said:
    return Said(
        "Whether this exists already was not answered ({questions}): «{title}» is "
        "planned as if it did not.",
        questions=tuple(questions),
        title=title,
    )


# --- why ---------------------------------------------------------------------------------------


def gap_words(name: str, gap: Gap) -> Said:
    """A gap inside a sentence; two decimals where one would hide that there is a gap."""
    near = round(gap.level, 1) >= round(gap.target, 1)
    return Said(
        "{name!l} (level {level}, aim {target})",
        name=name,
        level=gap.level if near else Level(gap.level),
        target=gap.target if near else Level(gap.target),
    )


def why(
    gaps: Sequence[str],
    enables: Sequence[str],
    rules: Sequence[AppliedRule],
    tool_in_use: str,
    note: str,
) -> Said:
    """The sentences that explain a chosen intervention."""
    return Said.together(
        Said("Answers the gap in {gaps}.", gaps=tuple(gaps)) if gaps else "",
        Said("Needed first for {titles}.", titles=quoted(enables)) if enables else "",
        *(part for rule in rules for part in because_of(rule)),
        Said("{tool} is in use already and is not offered again.", tool=tool_in_use)
        if tool_in_use
        else "",
        Said("Condition: {note!l}.", note=note.removesuffix(".")) if note else "",
    )


def because_of(rule: AppliedRule) -> tuple[str, ...]:
    """What a rule says, as sentences: its reason, and how it is done here."""
    return (
        ended(rule.reason) if rule.reason else "",
        ended(Said("Here: {how}", how=rule.how)) if rule.how else "",
    )


def ruled_out(rules: Sequence[AppliedRule], required: bool) -> Said:
    return Said.together(
        *(rule.reason for rule in rules if rule.effect == "rule_out"),
        Said("Another rule requires it; the reason against stands.") if required else "",
    )


def in_place() -> Said:
    return Said("The country's answers say that this exists already.")


def no_gap(names: Sequence[str]) -> Said:
    return Said("No gap was found in {areas}.", areas=inside(names))


def no_evidence(names: Sequence[str]) -> Said:
    return Said(
        "Too little is known of {areas} to say whether there is a gap: evidence first.",
        areas=inside(names),
    )


def context_only(names: Sequence[str]) -> Said:
    return Said("It serves {areas}, which is context and has no target.", areas=inside(names))


def little_effect() -> Said:
    return Said(
        "What is chosen already closes as much of these gaps; it would add little or nothing."
    )


def weak_effect() -> Said:
    return Said("It would close only a small part of a minor gap, beside what else can be done.")


def missing_prerequisite(titles: Sequence[str]) -> Said:
    return Said("It stands on {titles}, which cannot be offered here.", titles=quoted(titles))


def unaffordable_prerequisite(titles: Sequence[str]) -> Said:
    return Said("It would need {titles} first; together they do not fit.", titles=quoted(titles))


def too_dear(cost: Decimal, currency: str) -> Said:
    return Said(
        "With {cost} it does not fit under the ceiling; the same money closes more of the gaps "
        "elsewhere.",
        cost=Money(cost, currency),
    )


def no_capacity(high_at_once: int, months: int) -> Said:
    if high_at_once == 0:
        return Said(
            "The counterpart can carry no intervention of high demand; the {months} months of the "
            "project are taken by interventions that close more.",
            months=months,
        )
    return Said.counted(
        "The counterpart can carry {n} intervention of high demand at once; the {months} months "
        "of the project are taken by interventions that close more.",
        "The counterpart can carry {n} interventions of high demand at once; the {months} months "
        "of the project are taken by interventions that close more.",
        high_at_once,
        months=months,
    )


def already_in_smaller(names: Sequence[str]) -> Said:
    return Said(
        "It is part of a smaller package ({packages}); with the money of the full package other "
        "interventions close more of the same gaps.",
        packages=tuple(_SIZES.get(name, Said(name)) for name in names),
    )


# --- where nothing could be chosen --------------------------------------------------------------


def no_gaps() -> Said:
    return Said(
        "No gap is known, so no project is proposed. Ask for the answers that are missing, or set "
        "the aims of the method higher."
    )


def nothing_helps() -> Said:
    return Said(
        "No intervention can be offered for the gaps that are known: each is ruled out, in place "
        "already, or beyond what the counterpart can carry."
    )


def below_cheapest(
    ceiling: Decimal | None, needed: Decimal, names: Sequence[str], currency: str
) -> Said:
    if ceiling is None:
        return Said(
            "The ceiling is below the cheapest useful package, which costs {needed} with support "
            "cost ({names}). Raise the budget to at least that amount.",
            needed=Money(needed, currency),
            names=tuple(names),
        )
    return Said(
        "A budget of {budget} is below the cheapest useful package, which costs {needed} with "
        "support cost ({names}). Raise the budget to at least that amount.",
        budget=Money(ceiling, currency),
        needed=Money(needed, currency),
        names=tuple(names),
    )


def decisions_impossible(names: Sequence[str]) -> Said:
    return Said(
        "The interventions included by decision ({names}) cannot all be carried out: a limit of "
        "capacity or a prerequisite stands against it. Withdraw one of them.",
        names=tuple(names),
    )


def longer_than_planned(months: int, planned: int) -> Said:
    return Said(
        "Prerequisites and capacity stretch the full package to {months} months, more than the "
        "{planned} of the method. Fund it in two stages, or choose the core package.",
        months=months,
        planned=planned,
    )


def fast_track(
    area: str, *, answered: int, asked: int, in_pack: int, self_rated: int, levels: int
) -> Said:
    """The doubt of a design of one outcome, as far as the questions and answers carry it."""
    share = Share(answered / asked if asked else 0)
    if asked < in_pack:
        rests = Said(
            "It rests on a short questionnaire, {asked} of the {in_pack} questions of the pack; "
            "{answered} of them were answered ({share}). A gap that was not asked about may be "
            "larger.",
            asked=asked, in_pack=in_pack, answered=answered, share=share,
        )  # fmt: skip
    else:
        rests = Said(
            "It rests on the whole questionnaire; {answered} of its {asked} questions were "
            "answered ({share}).",
            asked=asked, answered=answered, share=share,
        )  # fmt: skip
    return Said.together(
        Said(
            "Fast-track design: it holds one outcome only, that of {area!l}; other gaps are left "
            "aside.",
            area=area,
        ),
        rests,
        Said(
            "{self_rated} of {levels} levels are the institutions' own rating, not facts.",
            self_rated=self_rated, levels=levels,
        ) if self_rated else "",
        Said("To be confirmed with the government before it goes further."),
    )  # fmt: skip


# --- logical framework --------------------------------------------------------------------------


def title(country: str, areas: Sequence[str]) -> Said:
    if not areas:
        return Said("International cooperation against organized crime in {country}",
                    country=country)  # fmt: skip
    return Said(
        "International cooperation against organized crime in {country}: {areas}",
        country=country,
        areas=inside(areas),
    )


def filled(
    sentence: str, country: str, institutions: Sequence[str] = (), areas: Sequence[str] = ()
) -> Said:
    """A sentence of the pack with the names it leaves open."""
    if not sentence:
        return Said()
    text = Said(
        sentence,
        country=country,
        institutions=tuple(Said("the {name!l}", name=name) for name in institutions),
        areas=inside(areas),
    )
    return Said("{sentence!u}", sentence=text)


# Where a pack has no results of its own.
PLAIN_OUTCOME = Said("Work on {area!l} is carried out at a functional level by {institutions}.")
PLAIN_OUTPUT = Said("Advice, procedures and skills for {area!l} are delivered to {institutions}.")
PLAIN_ASSUMPTION = Said("The institutions keep staff and budget for the work.")
PLAIN_CONDITION = Said("The institutions take part and name who is responsible.")
PLAIN_SUSTAINABILITY = Said(
    "The receiving institution takes running costs into its budget, as agreed in writing at the "
    "start. Without this the result ends with the project."
)


def activity(title_: str, rules: Sequence[AppliedRule]) -> Said:
    """The activity; how it is done here stands once, with its rules, under the intervention."""
    adapted = any(rule.effect == "adapt" and rule.how for rule in rules)
    if adapted:
        return Said("{title}, in the form adapted to the country", title=title_)
    return Said(title_)


def level_indicator(name: str, question: str) -> Said:
    if question:
        return Said(
            "Level of {name!l}, 0 to 4 (deciding fact: {question})", name=name, question=question
        )
    return Said("Level of {name!l}, 0 to 4", name=name)


def level_baseline(level: float, answer: str) -> Said:
    if answer:
        return Said("level {level}; answered: {answer}", level=Level(level), answer=answer)
    return Said("level {level}", level=Level(level))


def level_target(target: float, text: str) -> Said:
    if text:
        return Said("level {level}: {text!l}", level=round(target), text=text)
    return Said("level {level}", level=round(target))


def month(number: int) -> Said:
    return Said("month {month} of the project", month=number)


def delivered(quantity: Decimal, unit: str) -> Said:
    """What is handed over; a part of one is one of reduced scope, since nobody holds 0.4 clinic."""
    if 0 < quantity < 1:
        return Said(
            "1 {unit} of reduced scope ({share} of the standard size)",
            unit=unit,
            share=Share(quantity),
        )
    return Said("{quantity} {unit}", quantity=quantity.normalize(), unit=unit)


def mandatory_met() -> Said:
    return Said("Mandatory paragraphs of the Convention that are met")


def more_than_baseline() -> Said:
    """Target of the public version, whose baseline counts other paragraphs than the design's."""
    return Said("more than at the baseline")


def of_known(met: int, known: int) -> Said:
    return Said("{met} of {known} with a known verdict", met=met, known=known)


# --- budget, risks, people ----------------------------------------------------------------------


def category(code: str) -> str:
    return _CATEGORIES.get(code, code)


def budget_line(code: str, kind: str, title_: str) -> Said:
    return Said("{what}: {title!l}", what=category(kind or code), title=title_)


def cost_basis(basis: str, share: float, reason: str) -> Said:
    return Said.together(
        Said("{basis}; {share} of the unit cost.", basis=basis, share=Share(share)), reason
    )


def risk_of(title_: str) -> Said:
    return Said("Named risk of the activity «{title}».", title=title_)


def risk_event(risk: str) -> Said:
    """What could happen: an intervention names its risk before the colon."""
    return Said("{risk!b}.", risk=risk)


def risk_mitigation(risk: str, standard: str) -> Said:
    """What is done about it: what stands after the colon, or what is usual."""
    return Said("{risk!a}.", risk=risk) if risk.partition(":")[2].strip() else Said(standard)


def screening_event(title_: str, event: str) -> Said:
    return Said("{title}: {event!l}", title=title_, event=event)


def involvement(leads: Sequence[str]) -> Said:
    if not leads:
        return Said("Consulted; gives answers and takes part in the validation.")
    return Said("Leads {titles}.", titles=quoted(leads))


def stakeholder_assets(strengths: Sequence[str]) -> Said:
    if not strengths:
        return Said("To be established with the institution.")
    return Said("{areas}", areas=inside(strengths))


MOST_GAPS_OF_AN_INSTITUTION = 6  # what a cell has room for; all stand in the table of gaps


def stakeholder_gaps(gaps: Sequence[str]) -> Said:
    """The gaps an institution shares in, most severe first; the rest are counted."""
    left = len(gaps) - MOST_GAPS_OF_AN_INSTITUTION
    if left <= 0:
        return Said("{areas}", areas=inside(gaps)) if gaps else Said()
    return Said(
        "{areas} ({more})",
        areas=inside(gaps[:MOST_GAPS_OF_AN_INSTITUTION]),
        more=Said.counted("and {n} more gap", "and {n} more gaps", left),
    )


def stakeholder_desired(outcomes: Sequence[Said]) -> Said:
    return Said.together(*outcomes) if outcomes else Said("Informed of the results.")


def gender_reason(marker: int, titles: Sequence[str]) -> Said:
    if marker == 0:
        return Said(
            "No activity counts people or addresses equality; to be reviewed before signature."
        )
    if marker == 1:
        return Said("People trained or mentored are counted by sex; equality is not itself an aim.")
    return Said(
        "Equality is a significant aim of {titles}, and people are counted by sex.",
        titles=quoted(titles),
    )


# --- what differs between two countries ---------------------------------------------------------


def only_in(country: str, other: str, because: str) -> str:
    return f"Only in {country}. In {other}: {because}"


def differs(first: str, second: str, parts: Mapping[str, Sequence[str]]) -> str:
    said = [
        f"in {country}: {listed(reasons)}"
        for country, reasons in ((first, parts[first]), (second, parts[second]))
        if reasons
    ]
    return f"In both, done differently ({'; '.join(said)})."


def in_common(shared: str, what: Sequence[str]) -> str:
    """What two States have in common, or that nothing is known of it."""
    kind = shared.partition(":")[2].replace("_", " ")
    if not kind:
        return f"official language in common: {listed(what)}" if what else ""
    if what:
        return f"{kind} network in common: {listed(what)}"
    return f"no {kind} network in common is known"


def jointly(once: float, reason: str) -> str:
    """Why a joint activity costs less."""
    return f"{once:.0%} of its cost is reckoned to be paid only once. {reason}"
