"""PART B of a report, composed: the tailored project design, a draft for the government.

Every intervention says which rule chose or changed it and why, so that two countries with the same
gap can see why their advice differs; what was left out is printed with its reason.
"""

from __future__ import annotations

from assessments.language import Said
from assessments.report import context_project as c
from assessments.report.abroad import abroad
from assessments.report.context_findings import Fact
from assessments.report.frontier import frontier_of, runner_up_of
from assessments.report.logframe_words import budget_of, indicator_of, indicators_of, outcome_of
from assessments.report.palette import risk_shade
from assessments.report.plain import LONGEST_CELL, LONGEST_WHY
from assessments.report.tailoring import (
    differences_of,
    different_lead,
    intervention,
    reasons_once,
    rejected_groups,
)
from assessments.report.voices import Voices
from assessments.report.wording import DASH
from assessments.results import (
    Package,
    ProjectDesign,
    Risk,
)
from assessments.scoring.publication import closed_questions

PROJECT = "project"  # who watches a risk that no institution does
_DIGITS = 30  # what is longer is no amount, and is printed as it was given


def project(voices: Voices) -> c.Project:
    """The whole of Part B."""
    design, words = voices.inputs.design, voices.words
    outcomes = tuple(outcome_of(voices, o, str(n)) for n, o in enumerate(design.outcomes, 1))
    return c.Project(
        title=voices.printed(design.title),
        intro=words.say(
            "This is a draft for discussion with the Government of {country}. It follows from the "
            "findings by rules that are printed beside each choice; the Government decides which "
            "of it becomes a project, in what order and with whom.",
            country=voices.country,
        ),
        notices=tuple(
            voices.printed(one, LONGEST_WHY) for one in (design.doubt, *design.messages) if one
        ),
        impact=voices.printed(design.impact),
        duration=words.count("{n} month", "{n} months", design.months),
        packages_intro=words.say(
            "Three packages are offered under different ceilings. Each is the set of interventions "
            "that closes most of the weighted gaps for its cost; the larger contain more, never "
            "something else for its own sake."
        ),
        packages=tuple(_package(voices, p) for p in design.packages),
        frontier=frontier_of(voices, design),
        runner_up=runner_up_of(voices, design),
        different_lead=different_lead(voices, design),
        differences=differences_of(voices, design),
        different_note=words.say(
            "Each rule can be read in Annex 4. Where a trait is another, its rules do not apply: "
            "a country with the same gap and another legal tradition, other resources or other "
            "networks is offered the same aim in another form, order or size."
        ),
        interventions=reasons_once(
            voices,
            [intervention(voices, chosen, n) for n, chosen in enumerate(design.interventions, 1)],
        ),
        hidden=words.say(
            "This project rests on public answers alone. The restricted version rests on all "
            "answers and may hold other interventions, costs and dates."
        )
        if voices.public and closed_questions(voices.pack)
        else "",
        rejected=rejected_groups(voices, design),
        rejected_lead=words.count(
            "{n} intervention was considered and is not offered. The reason can be questioned.",
            "{n} interventions were considered and are not offered. They stand together by "
            "reason; each reason can be questioned.",
            len(design.rejected),
        ),
        impact_indicators=tuple(indicator_of(voices, i) for i in design.impact_indicators),
        outcomes=outcomes,
        budget=budget_of(voices, design),
        risks=tuple(
            _risk(voices, r) for r in sorted(design.risks, key=lambda r: (-r.rating, r.id))
        ),
        indicators=indicators_of(voices, design),
        donors=_donors(voices, design),
        stakeholders=_stakeholders(voices, design),
        abroad=abroad(voices),
        markers=_markers(voices, design),
    )


def summary(voices: Voices) -> str:
    """The project in one sentence of the executive summary."""
    design, words = voices.inputs.design, voices.words
    budget = design.budget
    if not design.interventions:
        return words.say("No project design is put forward in this version.")
    return words.count(
        "The draft project \u201c{title}\u201d offers {n} intervention over {months} months. The "
        "{package} package put forward for discussion comes to {total}, support cost included.",
        "The draft project \u201c{title}\u201d offers {n} interventions over {months} months. The "
        "{package} package put forward for discussion comes to {total}, support cost included.",
        len(design.interventions),
        title=voices.printed(design.title, 200),
        months=words.whole(design.months),
        package=words.term(budget.package).lower(),
        total=words.money(budget.total, budget.currency),
    )


def _package(voices: Voices, package: Package) -> c.Package:
    words = voices.words
    currency = voices.inputs.design.budget.currency
    meaning = {
        "essential": words.say("quick wins, and what must come first"),
        "core": words.say("the gaps that weigh most"),
        "full": words.say("all that is worth doing in the period"),
    }[package.name]
    return c.Package(
        id=package.id,
        name=words.term(package.name),
        meaning=meaning,
        ceiling=words.say("no ceiling")
        if package.ceiling is None
        else words.money(package.ceiling, currency),
        count=words.whole(len(package.chosen)),
        interventions=_contents(voices, package),
        subtotal=words.money(package.subtotal, currency),
        support=words.money(package.support_cost, currency),
        total=words.money(package.total, currency),
    )


def _contents(voices: Voices, package: Package) -> str:
    """What a package holds; one that contains a smaller one says what it adds."""
    packages = voices.inputs.design.packages
    smaller = [
        p
        for p in packages[: packages.index(package)]
        if p.chosen and set(p.chosen) <= set(package.chosen)
    ]
    base = smaller[-1] if smaller else None
    added = [voices.title(code) for code in package.chosen if not base or code not in base.chosen]
    if base is None:
        return voices.words.parted(added)
    name = voices.words.term(base.name)
    if not added:
        return voices.words.say("As {package}: nothing more fits.", package=name)
    return voices.words.say(
        "As {package}, and: {more}", package=name, more=voices.words.parted(added)
    )


def _risk(voices: Voices, risk: Risk) -> c.Risk:
    shade = risk_shade(risk.rating)
    return c.Risk(
        id=risk.id,
        category=voices.words.term(risk.category),
        event=voices.printed(risk.event),
        cause=voices.printed(risk.cause, LONGEST_CELL),
        rating=f"{risk.likelihood} \u00d7 {risk.impact} = {risk.rating}",
        sign=voices.printed(risk.warning_sign, LONGEST_CELL),
        mitigation=voices.printed(risk.mitigation, LONGEST_CELL),
        owner=voices.words.say("project team")
        if risk.owner == PROJECT
        else voices.institution(risk.owner),
        residual=voices.words.whole(risk.residual),
        shade=shade,
    )


def _donors(voices: Voices, design: ProjectDesign) -> tuple[c.Donor, ...]:
    return tuple(
        c.Donor(
            donor=voices.printed(d.donor, 200),
            title=voices.printed(d.title, LONGEST_CELL),
            amount=_amount(voices, d.amount),
            period=voices.printed(d.period, 100) or DASH,
            overlaps=voices.words.listed([voices.title(o) for o in d.overlaps]),
            id=d.answer,
        )
        for d in design.donors
    )


def _amount(voices: Voices, amount: str) -> str:
    """An amount that an institution reported, grouped as the reader's language does; words as they
    were given."""
    if amount.isdecimal() and len(amount) <= _DIGITS:
        return voices.words.whole(int(amount))
    return voices.printed(amount, 100) or DASH


def _stakeholders(voices: Voices, design: ProjectDesign) -> tuple[c.Stakeholder, ...]:
    return tuple(
        c.Stakeholder(
            institution=voices.institution(s.institution),
            involvement=voices.printed(s.involvement, LONGEST_WHY),
            assets=_areas(voices, s.assets) or DASH,
            gaps=_areas(voices, s.gaps) or DASH,
            desired=_desired(voices, design, s.desired),
        )
        for s in design.stakeholders
    )


def _areas(voices: Voices, said: Said) -> str:
    """Areas side by side, parted alike in all cells, whether or not a name holds a comma."""
    areas = said.values.get("areas")
    if isinstance(areas, tuple):
        side = voices.words.parted([voices.composer.value(area) for area in areas])
        said = Said(said.message, **{**said.values, "areas": side})
    return voices.printed(said, LONGEST_WHY)


def _desired(voices: Voices, design: ProjectDesign, desired: Said) -> str:
    """What an institution should be able to do: outcomes by number where they stand above."""
    parts = desired.parts or (desired,)
    numbers = [str(n) for n, o in enumerate(design.outcomes, 1) if o.text and o.text in parts]
    above = {outcome.text for outcome in design.outcomes}
    rest = [voices.printed(part) for part in parts if part not in above]
    named = (
        voices.words.count(
            "Outcome {numbers}", "Outcomes {numbers}", len(numbers),
            numbers=voices.words.listed(numbers),
        )
        if numbers
        else ""
    )  # fmt: skip
    return voices.plain(" ".join(part for part in (named, *rest) if part), LONGEST_CELL)


def _markers(voices: Voices, design: ProjectDesign) -> tuple[Fact, ...]:
    words = voices.words
    facts = [
        Fact(
            words.say("Gender equality marker"),
            words.say(
                "{marker} of 3. {reason}",
                marker=design.gender_marker,
                reason=voices.printed(design.gender_reason),
            ),
        )
    ]
    if design.sdg_targets:
        facts.append(
            Fact(
                words.say("Sustainable Development Goal targets"),
                words.listed([voices.printed(t) for t in design.sdg_targets]),
            )
        )
    return tuple(facts)
