"""The view of a region: what holds between several States, and what they could do together.

It rests on the public edition of each State's results and on nothing else, because it is read by
all of them: there is no restricted version. States stand in the order of their names, nothing is
averaged over them, and none is ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from assessments.design import Corridor, CorridorView, End, corridor_view
from assessments.design.corridors import JointActivity, Link, NetworkOffer
from assessments.pack.corridors import NETWORK, OFFICIAL_LANGUAGE
from assessments.pack.model import Pack
from assessments.reference import network
from assessments.report import context_region as c
from assessments.report.abroad import form_name, links, network_name, not_known
from assessments.report.context_findings import Cover, Finding
from assessments.report.country_facts import language_name
from assessments.report.disclaimer import disclaimer
from assessments.report.inputs import Approval, ReportFiles
from assessments.report.pack_voices import PackVoices
from assessments.report.palette import level_shade
from assessments.report.pdf import to_pdf
from assessments.report.plain import plain
from assessments.report.render import render
from assessments.report.wording import DASH, Wording
from assessments.report.write import house_template
from assessments.results import Sensitivity
from assessments.scoring import region_view
from assessments.scoring.region import LEAST, RegionLine

TEMPLATE = "regional_view"
SHORT_RUN = 12  # characters of a run's key that identify it on paper


@dataclass(frozen=True, slots=True)
class MemberInputs:
    """One State: its public edition, and the run that made it."""

    end: End
    run: str
    made_at: datetime
    approval: Approval | None  # None: DRAFT


@dataclass(frozen=True, slots=True)
class RegionInputs:
    """Several States of one round, assessed with one pack, each by its public edition."""

    pack: Pack
    round: str
    members: tuple[MemberInputs, ...]

    @property
    def view(self) -> CorridorView:
        """Every corridor between them, and what they could do together."""
        return corridor_view(self.pack, [member.end for member in self.members])


@dataclass(frozen=True)
class RegionVoices(PackVoices):
    """Looks things up for the document of a region."""

    inputs: RegionInputs
    words: Wording
    untranslated: set[str] = field(default_factory=set)
    unreviewed: set[str] = field(default_factory=set)

    @property
    def pack(self) -> Pack:
        return self.inputs.pack

    def state(self, iso3: str) -> str:
        """Name of one of the States."""
        profiles = {m.end.country.iso3: m.end.country for m in self.inputs.members}
        return self.country_name(profiles[iso3])

    def states(self, iso3s: Sequence[str]) -> str:
        """Names of several of them."""
        return self.words.listed([self.state(one) for one in iso3s])


def compose_region(inputs: RegionInputs, words: Wording) -> c.RegionReport:
    """All fields of the document."""
    voices = RegionVoices(inputs, words)
    view = inputs.view
    shown = [one for one in view.corridors if one.sensitivity is Sensitivity.PUBLIC]
    shared = tuple(_shared(voices))
    joint = [one for one in view.joint if one.sensitivity is Sensitivity.PUBLIC]
    report = c.RegionReport(
        cover=_cover(voices),
        members=tuple(_member(voices, one) for one in inputs.members),
        reading=_reading(voices),
        shared_lead=words.say(
            "How many States stand at each level, without names. A line is shown from {least} "
            "States with a level on; with fewer they could be told apart.",
            least=words.whole(LEAST),
        ),
        shared=shared,
        forms=_forms(voices, shown),
        left_out=_left_out(voices, view),
        joint_lead=words.say(
            "Preparation, trainers, texts and licences are reckoned to be paid once, whoever takes "
            "part; places, travel and follow-up for each State. Interpretation is added where no "
            "official language serves all, and travel where the States lie in different regions. "
            "Only what is cheaper together is listed; these are planning assumptions."
        )
        if joint
        else words.say("Nothing in the draft projects of these States is cheaper together."),
        joint=tuple(_joint(voices, one) for one in joint),
        networks=tuple(_meeting(voices, one) for one in view.networks),
        limits=(),
        disclaimer=disclaimer(words),
    )
    return replace(report, limits=_limits(voices))  # last: it counts what no speaker has checked


def _cover(voices: RegionVoices) -> Cover:
    words, members = voices.words, voices.inputs.members
    waiting = [one.end.country.iso3 for one in members if one.approval is None]
    return Cover(
        country=voices.states([one.end.country.iso3 for one in members]),
        round=voices.inputs.round,
        title=plain(voices.text(voices.pack.title)),
        project_title="",
        status=words.say("DRAFT") if waiting else words.say("Approved"),
        status_line=words.say(
            "DRAFT for discussion: not approved for {states}", states=voices.states(waiting)
        )
        if waiting
        else words.say("Every report that it rests on was approved"),
        version=words.say("Public version"),
        version_line=words.say(
            "Computed from public answers alone. There is no restricted version: what one State "
            "answered in confidence is not for the others."
        ),
        date=words.day(max(one.made_at for one in members)),
        what_it_is=words.say("A planning assessment from answers given by national authorities"),
        validation="",
        fictional=words.say("Fictional countries: every answer behind this view is invented.")
        if any(one.end.country.fictional for one in members)
        else "",
    )


def _member(voices: RegionVoices, member: MemberInputs) -> c.Member:
    words, approval = voices.words, member.approval
    return c.Member(
        name=voices.country_name(member.end.country),
        status=words.say(
            "Approved by {name} on {day}",
            name=voices.plain(approval.by, 120),
            day=words.day(approval.at),
        )
        if approval
        else words.say("DRAFT"),
        run=member.run[:SHORT_RUN],
    )


def _reading(voices: RegionVoices) -> tuple[str, ...]:
    words = voices.words
    return (
        words.say(
            "Cooperation has two ends. Each form of cooperation from one State to another is a "
            "chain of five links: legal basis, authority, language, channel and practice. A link "
            "is as low as the lowest of the levels (0 absent to 4 sustained) it rests on, at "
            "either end; the chain is as low as its lowest link. Nothing is averaged: a good law "
            "at one end does not answer a request at the other."
        ),
        words.say(
            "The table names the weakest link and the levels that hold it back, so that both "
            "Governments see where to begin. It ranks no State. What is not known is not counted "
            "as absent: such a chain carries at most what the known links allow."
        ),
    )


# --- what they share ------------------------------------------------------------------------------


def _shared(voices: RegionVoices) -> list[c.SharedLine]:
    found = region_view([one.end.scores for one in voices.inputs.members])
    lines = [line for line in found.lines if line.counts is not None and line.shared_gap]
    return [_shared_line(voices, line) for line in lines]


def _shared_line(voices: RegionVoices, line: RegionLine) -> c.SharedLine:
    whole = voices.words.whole
    absent, initial, partial, functional, sustained = (
        whole(count) if count else DASH for count in line.counts or (0,) * 5
    )
    return c.SharedLine(
        name=voices.sub_name(line.sub_dimension),
        known=whole(line.known),
        absent=absent,
        initial=initial,
        partial=partial,
        functional=functional,
        sustained=sustained,
        below=DASH if line.below is None else whole(line.below),
    )


# --- corridors ------------------------------------------------------------------------------------


def _forms(voices: RegionVoices, corridors: Sequence[Corridor]) -> tuple[c.Form, ...]:
    codes = dict.fromkeys(one.form for one in corridors)
    return tuple(
        c.Form(
            name=form_name(voices, code),
            directions=tuple(_direction(voices, one) for one in corridors if one.form == code),
        )
        for code in codes
    )


def _direction(voices: RegionVoices, one: Corridor) -> c.Direction:
    weakest = [link for link in one.links if link.link in one.weakest]
    feet = {foot.score: foot for link in weakest for foot in link.held_back_by}
    return c.Direction(
        requesting=voices.state(one.requesting),
        requested=voices.state(one.requested),
        level=voices.words.level(one.at_most),
        shade=level_shade(one.at_most),
        weakest=links(voices, one.weakest),
        held_by=tuple(
            Finding(
                voices.words.labelled(voices.state(foot.iso3), voices.sub_name(foot.sub_dimension)),
                foot.score,
            )
            for foot in feet.values()
        ),
        shared=" ".join(filter(None, (_in_common(voices, link) for link in weakest))),
        unknown=not_known(voices, one.unknown, public=True),
    )


def _in_common(voices: RegionVoices, link: Link) -> str:
    """What two States have in common, or that nothing is known of it, where that decides a link."""
    words = voices.words
    if link.shared == OFFICIAL_LANGUAGE:
        names = [language_name(words, code) for code in link.in_common]
        return words.say("Official language in common: {languages}.", languages=words.listed(names))
    if not link.shared.startswith(NETWORK):
        return ""
    if link.in_common:
        return words.say("Network in common: {networks}.", networks=words.listed(link.in_common))
    kind = words.term(link.shared.removeprefix(NETWORK))
    return words.say("No network in common is known ({kind}).", kind=kind)


def _left_out(voices: RegionVoices, view: CorridorView) -> str:
    codes = dict.fromkeys(
        one.form for one in view.corridors if one.sensitivity is not Sensitivity.PUBLIC
    )
    if not codes:
        return ""
    return voices.words.say(
        "Not shown here, or not for every pair, as it rests on answers that are not public: "
        "{forms}.",
        forms=voices.words.listed([form_name(voices, code) for code in codes]),
    )


# --- together -------------------------------------------------------------------------------------


def _joint(voices: RegionVoices, one: JointActivity) -> c.Joint:
    words, method = voices.words, voices.pack.method
    currency = method.design.currency.value if method else "USD"
    on = words.listed([form_name(voices, code) for code in one.corridors])
    return c.Joint(
        title=voices.printed(one.title),
        states=voices.states(one.countries),
        apart=words.money(one.apart, currency),
        together=words.money(one.together, currency),
        saved=words.money(one.saved, currency),
        why=" ".join(
            filter(
                None,
                (
                    voices.printed(one.because),
                    words.say("It works on the weakest link of: {forms}.", forms=on) if on else "",
                ),
            )
        ),
    )


def _meeting(voices: RegionVoices, one: NetworkOffer) -> c.Meeting:
    return c.Meeting(
        name=network_name(one.network),
        kind=voices.words.term(network(one.network).kind),
        members=voices.states(one.members) or DASH,
        could_join=voices.states(one.could_join) or DASH,
    )


def _limits(voices: RegionVoices) -> tuple[str, ...]:
    words = voices.words
    limits = [
        words.say(
            "Answers are the institutions' own. Documents were cited for some and seen for fewer; "
            "each level says which."
        ),
        words.say(
            "A corridor is read from what each State says of itself; no request between the two "
            "was followed. Both should be asked before anything is planned on it."
        ),
        words.say("Unit costs are illustrative and must be replaced by local quotations."),
    ]
    if voices.unreviewed:
        limits.append(voices.by_machine())
    return tuple(limits)


def write_region(
    inputs: RegionInputs,
    out: Path,
    *,
    template: Path | None = None,
    language: str = "en",
    pdf: bool = False,
) -> ReportFiles:
    """Write the document to `out`, a .docx path.

    Raises TemplateFault, UnknownLanguage, and PdfFailed once the Word file stands.
    """
    words = Wording(language)
    chosen = template or house_template(TEMPLATE)
    ids = render(chosen, compose_region(inputs, words), {}, {}, out, words.words)
    made = to_pdf(out, out.with_suffix(".pdf")) if pdf else None
    return ReportFiles(
        docx=out,
        pdf=made.path if made else None,
        contents=made is None or made.contents,
        printed_ids=ids,
    )
