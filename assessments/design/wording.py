"""All English sentences of a design in one place, so that an editor finds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from assessments.results import AnswerValue, AppliedRule, Gap

UNKNOWN = "unknown"
EVERY_YEAR = "once a year"
AT_THE_END = "at the end of the activity"
NEXT_ROUND = "next round of this questionnaire"
LEDGER = "compliance table of the next round"
NOT_COUNTED = "none: counts institutions, not people"
BY_SEX = "by sex and institution"
NO_BASELINE = "none yet"

_FACTS = {
    "legal_tradition": "legal tradition",
    "treaty_effect": "effect of treaties in national law",
    "resource_setting": "resource setting",
    "region": "region",
    "subregion": "subregion",
    "untoc_status": "status under the Convention",
    "ldc": "least developed country",
    "lldc": "landlocked developing country",
    "sids": "small island developing State",
    "official_languages": "official languages",
    "networks": "networks it belongs to",
    "institutions": "institutions that answered",
}
_CATEGORIES = {
    "personnel": "Staff and other personnel",
    "supplies": "Supplies, commodities and materials",
    "equipment": "Equipment, vehicles and furniture",
    "contractual": "Contractual services",
    "travel": "Travel",
    "transfers": "Transfers and grants to counterparts",
    "operating": "General operating and other direct costs",
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


def the(name: str) -> str:
    """The name of an institution inside a sentence."""
    return f"the {lower_first(name)}"


def money(amount: Decimal, currency: str = "USD") -> str:
    return f"{currency} {amount:,.2f}"


# --- what is known of the country --------------------------------------------------------------


def fact(value: AnswerValue | None) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value) or UNKNOWN
    return str(value) if value not in (None, "") else UNKNOWN


def fact_name(name: str) -> str:
    return _FACTS.get(name, name)


def unknown_fact(name: str) -> str:
    return (
        f"The {fact_name(name)} is not known. No rule that asks for it was applied; "
        "confirm it with the government."
    )


def corrected_fact(name: str) -> str:
    return f"For the {fact_name(name)} the country's own answer is used, not the reference data."


def not_known_in_place(title: str, questions: Sequence[str]) -> str:
    return (
        f"Whether this exists already was not answered ({', '.join(questions)}): "
        f"«{title}» is planned as if it did not."
    )


def decided(decision: str, reason: str, by: str) -> str:
    verb = "Included" if decision == "include" else "Left out"
    return sentence(f"{verb} by decision{f' ({by})' if by else ''}: {reason}")


def ceiling_decided(ceiling: Decimal, by: str, reason: str) -> str:
    return sentence(
        f"The ceiling of {money(ceiling)} was decided{f' by {by}' if by else ''}: {reason}"
    )


def ceiling_set_aside(ceiling: Decimal, named: Decimal, by: str) -> str:
    return (
        f"The decided ceiling of {money(ceiling)}{f' ({by})' if by else ''} was set aside for this "
        f"computation, which was asked for with {money(named)}."
    )


def decisions_beyond(package: str) -> str:
    return (
        f"The {package} package is too small for what was included by decision; it is designed "
        "without it."
    )


def decision_on_nothing(about: str, by: str) -> str:
    return (
        f"A decision{f' ({by})' if by else ''} is about {about}, which this version of the "
        "questionnaire pack does not offer: it was not applied."
    )


# --- why ---------------------------------------------------------------------------------------


def gap_words(name: str, gap: Gap) -> str:
    digits = 1 if round(gap.level, 1) < round(gap.target, 1) else 2
    return f"{lower_first(name)} (level {gap.level:.{digits}f}, aim {gap.target:.{digits}f})"


def why(
    gaps: Sequence[str],
    enables: Sequence[str],
    rules: Sequence[AppliedRule],
    tool_in_use: str,
    note: str,
) -> str:
    """The sentence that explains a chosen intervention."""
    parts = []
    if gaps:
        parts.append(f"Answers the gap in {listed(gaps)}.")
    if enables:
        parts.append(f"Needed first for {listed(f'«{title}»' for title in enables)}.")
    parts += [
        one for rule in rules for one in (rule.reason, rule.how and f"Here: {rule.how}") if one
    ]
    if tool_in_use:
        parts.append(f"{tool_in_use} is in use already and is not offered again.")
    if note:
        parts.append(f"Condition: {lower_first(note)}.")
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)


def ruled_out(rules: Sequence[AppliedRule], required: bool) -> str:
    reasons = " ".join(rule.reason for rule in rules if rule.effect == "rule_out")
    both = " Another rule requires it; the reason against stands." if required else ""
    return reasons + both


def in_place() -> str:
    return "The country's answers say that this exists already."


def no_gap(names: Sequence[str]) -> str:
    return f"No gap was found in {listed(map(lower_first, names))}."


def no_evidence(names: Sequence[str]) -> str:
    return (
        f"Too little is known of {listed(map(lower_first, names))} to say whether there is a gap: "
        "evidence first."
    )


def context_only(names: Sequence[str]) -> str:
    return f"It serves {listed(map(lower_first, names))}, which is context and has no target."


def little_effect() -> str:
    return "What is chosen already closes as much of these gaps; it would add little or nothing."


def weak_effect() -> str:
    return "It would close only a small part of a minor gap, beside what else can be done."


def missing_prerequisite(titles: Sequence[str]) -> str:
    return f"It stands on {listed(f'«{title}»' for title in titles)}, which cannot be offered here."


def unaffordable_prerequisite(titles: Sequence[str]) -> str:
    return (
        f"It would need {listed(f'«{title}»' for title in titles)} first; together they do not fit."
    )


def too_dear(cost: Decimal, currency: str) -> str:
    return (
        f"With {money(cost, currency)} it does not fit under the ceiling; "
        "the same money closes more of the gaps elsewhere."
    )


def no_capacity(high_at_once: int, months: int) -> str:
    carried = (
        "no intervention of high demand"
        if high_at_once == 0
        else f"{high_at_once} of high demand at once"
    )
    return (
        f"The counterpart can carry {carried}; "
        f"the {months} months of the project are taken by interventions that close more."
    )


def already_in_smaller(names: Sequence[str]) -> str:
    return (
        f"It is part of the {listed(names)} package; with the money of the full package other "
        "interventions close more of the same gaps."
    )


# --- where nothing could be chosen --------------------------------------------------------------


def no_gaps() -> str:
    return (
        "No gap is known, so no project is proposed. "
        "Ask for the answers that are missing, or set the aims of the method higher."
    )


def nothing_helps() -> str:
    return (
        "No intervention can be offered for the gaps that are known: each is ruled out, in place "
        "already, or beyond what the counterpart can carry."
    )


def below_cheapest(
    ceiling: Decimal | None, needed: Decimal, names: Sequence[str], currency: str
) -> str:
    have = "The ceiling" if ceiling is None else f"A budget of {money(ceiling, currency)}"
    return (
        f"{have} is below the cheapest useful package, which costs {money(needed, currency)} "
        f"with support cost ({', '.join(names)}). Raise the budget to at least that amount."
    )


def decisions_impossible(names: Sequence[str]) -> str:
    return (
        f"The interventions included by decision ({', '.join(names)}) cannot all be carried out: "
        "a limit of capacity or a prerequisite stands against it. Withdraw one of them."
    )


def longer_than_planned(months: int, planned: int) -> str:
    return (
        f"Prerequisites and capacity stretch the full package to {months} months, "
        f"more than the {planned} of the method. Fund it in two stages, or choose the core package."
    )


def fast_track(outcome: str) -> str:
    return (
        "Fast-track design from a short questionnaire: it holds one outcome only "
        f"({outcome}); gaps that were not asked about may be larger. To be confirmed."
    )


# --- logical framework --------------------------------------------------------------------------


def title(country: str, areas: Sequence[str]) -> str:
    about = f": {listed(map(lower_first, areas))}" if areas else ""
    return f"International cooperation against organized crime in {country}{about}"


def filled(sentence: str, country: str, institutions: str, areas: str) -> str:
    text = sentence.format(country=country, institutions=institutions, areas=areas)
    return text[:1].upper() + text[1:]


def plain_outcome(institutions: str, area: str) -> str:
    """Where a pack has no outcomes of its own."""
    return f"Work on {lower_first(area)} is carried out at a functional level by {institutions}."


def plain_output(area: str, institutions: str) -> str:
    return f"Advice, procedures and skills for {lower_first(area)} are delivered to {institutions}."


def plain_assumption() -> str:
    return "The institutions keep staff and budget for the work."


def plain_sustainability() -> str:
    return (
        "The receiving institution takes running costs into its budget, as agreed in writing at "
        "the start. Without this the result ends with the project."
    )


def activity(title_: str, rules: Sequence[AppliedRule]) -> str:
    """The activity; how it is done here stands once, with its rules, under the intervention."""
    adapted = any(rule.effect == "adapt" and rule.how for rule in rules)
    return f"{title_}, in the form adapted to the country" if adapted else title_


def level_indicator(name: str, question: str) -> str:
    return (
        f"Level of {lower_first(name)}, 0 to 4{f' (deciding fact: {question})' if question else ''}"
    )


def level_baseline(level: float, answer: str) -> str:
    return f"level {level:.1f}{f'; answered: {answer}' if answer else ''}"


def level_target(target: float, text: str) -> str:
    return f"level {target:.0f}: {lower_first(text)}" if text else f"level {target:.0f}"


def end_of_project(months: int) -> str:
    return f"month {months} of the project"


def month(number: int) -> str:
    return f"month {number} of the project"


def delivered(quantity: Decimal, unit: str) -> str:
    """What is handed over; a part of one is one of reduced scope, since nobody holds 0.4 clinic."""
    if 0 < quantity < 1:
        return f"1 {unit} of reduced scope ({100 * quantity:.0f} % of the standard size)"
    return f"{quantity.normalize():f} {unit}"


def mandatory_met() -> str:
    return "Mandatory paragraphs of the Convention that are met"


def more_than_baseline() -> str:
    """Target of the public version, whose baseline counts other paragraphs than the design's."""
    return "more than at the baseline"


def of_known(met: int, known: int) -> str:
    return f"{met} of {known} with a known verdict"


# --- budget, risks, people ----------------------------------------------------------------------


def category(code: str) -> str:
    return _CATEGORIES.get(code, code)


def budget_line(code: str, kind: str, title_: str) -> str:
    what = {
        "monitoring": "Monitoring and evaluation",
        "contingency": "Contingency",
    }.get(kind, category(code))
    return f"{what}: {lower_first(title_)}"


def cost_basis(basis: str, share: float, reason: str) -> str:
    return f"{basis}; {100 * share:g} % of the unit cost. {reason}".strip()


def risk_of(title_: str) -> str:
    return f"Named risk of the activity «{title_}»."


def sentence(text: str) -> str:
    """A part of a text as a sentence of its own."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


def screening_event(title_: str, event: str) -> str:
    return f"{title_}: {lower_first(event)}"


def involvement(leads: Sequence[str]) -> str:
    if not leads:
        return "Consulted; gives answers and takes part in the validation."
    return f"Leads {listed(f'«{title_}»' for title_ in leads)}."


def stakeholder_assets(strengths: Sequence[str]) -> str:
    return listed(map(lower_first, strengths)) or "To be established with the institution."


def stakeholder_desired(outcomes: Sequence[str]) -> str:
    return " ".join(outcomes) or "Informed of the results."


def gender_reason(marker: int, titles: Sequence[str]) -> str:
    if marker == 0:
        return "No activity counts people or addresses equality; to be reviewed before signature."
    if marker == 1:
        return "People trained or mentored are counted by sex; equality is not itself an aim."
    return (
        f"Equality is a significant aim of {listed(f'«{one}»' for one in titles)}, and people are "
        "counted by sex."
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
