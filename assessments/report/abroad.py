"""What one State brings to cooperation with others, composed for its own report.

It speaks of this State alone: what holds between two States is told in the view of a region, which
rests on public answers only (`region`).
"""

from __future__ import annotations

from collections.abc import Iterable

from assessments.design.own_end import OwnEnd, Side, own_ends, shareable
from assessments.pack.corridors import LinkKind
from assessments.reference import network, networks_of_region
from assessments.report import context_region as c
from assessments.report.context_findings import Finding
from assessments.report.pack_voices import PackVoices
from assessments.report.palette import level_shade
from assessments.report.plain import plain
from assessments.report.voices import Voices


def abroad(voices: Voices) -> c.Abroad:
    """The whole part; empty lists where the pack has no corridors."""
    inputs, words = voices.inputs, voices.words
    return c.Abroad(
        sentence=words.say(
            "Cooperation has two ends. The table shows how far {country} carries each form of "
            "cooperation on its own side, as the State that asks and as the State that is asked. "
            "Legal basis, authority, language, channel and practice form a chain, which is as low "
            "as its lowest link; nothing is averaged.",
            country=voices.country,
        ),
        ends=tuple(_end(voices, one) for one in own_ends(inputs.pack, inputs.scores)),
        note=words.say(
            "With a partner the lower of the two ends counts, and a language or a network in "
            "common can help. That, and what is cheaper together, stands in the view of a region, "
            "which rests on the public answers of the States that take part."
        ),
        networks=_networks(voices),
        share_lead=words.say(
            "States can share these activities. The share in brackets is the part of the cost that "
            "is reckoned to be paid only once, whoever takes part; whether sharing is cheaper "
            "depends on languages and distances."
        ),
        share=_share(voices),
    )


def _end(voices: Voices, one: OwnEnd) -> c.End:
    asks, asked = one.requesting, one.requested
    return c.End(
        form=form_name(voices, one.form),
        asks=voices.words.level(asks.at_most),
        asks_shade=level_shade(asks.at_most),
        asks_held_by=_held_by(voices, asks),
        asks_unknown=not_known(voices, asks.unknown, public=voices.public),
        asked=voices.words.level(asked.at_most),
        asked_shade=level_shade(asked.at_most),
        asked_held_by=_held_by(voices, asked),
        asked_unknown=not_known(voices, asked.unknown, public=voices.public),
    )


def _held_by(voices: Voices, side: Side) -> tuple[Finding, ...]:
    return tuple(
        Finding(voices.sub_name(foot.sub_dimension), foot.score) for foot in side.held_back_by
    )


def form_name(voices: PackVoices, code: str) -> str:
    """A form of cooperation in the reader's language."""
    form = voices.pack.cooperation_forms.get(code)
    return plain(voices.text(form.label)) if form else plain(code)


def links(voices: PackVoices, kinds: Iterable[LinkKind]) -> str:
    """Links of the chain as a list."""
    return voices.words.listed([voices.words.term(kind.value) for kind in kinds])


def not_known(voices: PackVoices, unknown: Iterable[LinkKind], *, public: bool) -> str:
    """Links of which nothing, or nothing public, is known; such a chain can be lower still."""
    named = links(voices, unknown)
    if not named:
        return ""
    if public:
        return voices.words.say("not known or not public: {links}", links=named)
    return voices.words.say("not known: {links}", links=named)


def network_name(code: str) -> str:
    """A network by its name and code, as it calls itself."""
    name = network(code).name
    return name if code in name else f"{name} ({code})"


def _networks(voices: Voices) -> tuple[c.Network, ...]:
    profile, words = voices.inputs.country, voices.words
    parts = [(code, words.say("member")) for code in profile.networks]
    parts += [
        (
            code,
            words.say("of its region; it could join")
            if network(code).members_listed
            else words.say("of its region; members are not published"),
        )
        for code in networks_of_region(profile)
    ]
    return tuple(
        c.Network(name=network_name(code), kind=words.term(network(code).kind), part=part)
        for code, part in parts
    )


def _share(voices: Voices) -> tuple[Finding, ...]:
    words = voices.words
    return tuple(
        Finding(f"{voices.title(one.intervention)} ({words.share(one.once)})", one.id)
        for one in shareable(voices.pack, voices.inputs.design.interventions)
        if voices.may_show(one.sensitivity)
    )
