"""The gaps of a report, composed: each with its place, the factors of its severity in words, and
what the level now and the level aimed at mean."""

from __future__ import annotations

from collections.abc import Sequence

from assessments.report import context_findings as c
from assessments.report.plain import plain
from assessments.report.voices import Voices
from assessments.report.wording import DASH
from assessments.results import (
    Gap,
    Part,
)
from assessments.scoring.severity import breadth_of

_NAMED = 6  # paragraphs that the line of a gap names
LEADING = 10  # gaps whose reasons get a block of their own; all stand in the table


TIE_BREAKER = "national_priority"  # the one part that orders ties and multiplies nothing


def priorities(voices: Voices) -> c.PrioritySection:
    """The gaps in order of severity, each with its parts."""
    words, found = voices.words, voices.inputs.priorities
    gaps = tuple(_gap(voices, gap) for gap in found.gaps)
    return c.PrioritySection(
        sentence=words.count(
            "{n} sub-dimension is below its target. Severity is the product of the factors printed "
            "beside it, so that each can be questioned.",
            "{n} sub-dimensions are below their target. They stand in the order of their severity, "
            "which is the product of the factors printed beside it, so that each can be "
            "questioned.",
            len(gaps),
        ),
        gaps=gaps,
        leading=gaps[:LEADING],
        hidden=words.parts_not_told(
            sum(not voices.may_show(s.sensitivity) for s in voices.inputs.scores.sub_dimensions)
        ),
        not_scored=tuple(
            c.Finding(
                voices.words.labelled(voices.sub_name(n.sub_dimension), voices.printed(n.reason)),
                next(
                    (
                        s.id
                        for s in voices.inputs.scores.sub_dimensions
                        if s.sub_dimension == n.sub_dimension
                    ),
                    "",
                ),
            )
            for n in found.not_scored
        ),
    )


def _gap(voices: Voices, gap: Gap) -> c.Gap:
    words = voices.words
    return c.Gap(
        id=gap.id,
        rank=words.whole(gap.rank),
        code=gap.sub_dimension,
        name=voices.sub_name(gap.sub_dimension),
        level=words.level(gap.level),
        target=words.level(gap.target),
        severity=words.decimal(gap.severity, "0.00"),
        ranks=DASH
        if not gap.best_rank
        else words.whole(gap.best_rank)
        if gap.best_rank == gap.worst_rank
        else f"{gap.best_rank}{DASH}{gap.worst_rank}",
        robustness=words.term(gap.robustness),
        # a stored reason names its rank, which a version with hidden gaps does not print
        reason=gap_finding(voices, gap).text,
        parts=tuple(
            c.GapPart(
                _part_label(voices, p.name, p.value),
                voices.plain(voices.named(voices.printed(p.reason))),
            )
            for p in gap.parts
            if _raises(p)
        ),
        parts_line=" \u00d7 ".join(
            _part_label(voices, p.name, p.value) for p in gap.parts if p.name != TIE_BREAKER
        ),
        unmet="",  # the reason says it
        depends_on=words.listed([voices.sub_name(code) for code in gap.depends_on]),
        now=_meaning(voices, gap, gap.level),
        aim=_meaning(voices, gap, gap.target),
    )


def _raises(part: Part) -> bool:
    """True for a factor that says more than the levels beside it and makes the gap weigh more."""
    if part.name == TIE_BREAKER:
        return part.value > 0
    return part.name in {"breadth", "enabling"} and part.value > 1  # the sentence says compliance


def _meaning(voices: Voices, gap: Gap, level: float) -> str:
    sub = voices.pack.sub_dimension.get(gap.sub_dimension)
    if sub is None:
        return ""
    return plain(voices.text(sub.levels[max(0, min(4, int(level + 1e-9)))]))


def _part_label(voices: Voices, name: str, value: float) -> str:
    """A factor with its value; what only orders ties has none."""
    words = voices.words
    term = words.term(name)
    return term if name == TIE_BREAKER else f"{term} {words.decimal(value, '0.00')}"


def gap_finding(voices: Voices, gap: Gap) -> c.Finding:
    """A gap in one or two sentences, composed from its values so that none can contradict them."""
    words = voices.words
    unmet = _unmet(voices, gap)
    firm = (
        words.say("Evidence comes first: firmer answers could close it or move its place.")
        if gap.robustness == "needs_evidence_first"
        else ""
    )
    more = [words.say("Not met or partly met: {refs}.", refs=unmet) if unmet else "", firm]
    text = words.gap(voices.sub_name(gap.sub_dimension), gap.level, gap.target)
    return c.Finding(" ".join(part for part in (text, *more) if part), gap.id)


def _unmet(voices: Voices, gap: Gap) -> str:
    """Mandatory paragraphs not met or partly met, the first of them."""
    refs = {s.id: s.ref for s in voices.inputs.scores.requirements}
    unmet = list(dict.fromkeys(refs[u] for u in gap.unmet if u in refs))
    if not unmet:
        return ""
    words = voices.words
    named, others = unmet[:_NAMED], [words.say("others")] if len(unmet) > _NAMED else []
    if voices.right_to_left:  # LibreOffice parts a number from the *and* that is written to it
        said = words.listed([words.figures.commas(named), *others])
    else:
        said = words.listed([*named, *others])
    return words.count("paragraph {refs}", "paragraphs {refs}", len(named) + len(others), refs=said)


def gaps_meaning(voices: Voices, gaps: Sequence[Gap]) -> str:
    """Whom the gaps of one dimension hold up, and what waits for them; empty where it has none."""
    if not gaps:
        return ""
    words = voices.words
    own = [gap.sub_dimension for gap in gaps]
    forms, institutions = (
        list(dict.fromkeys(code for name in own if name in gains for code in gains[name][at]))
        for gains in (breadth_of(voices.pack),)
        for at in (0, 1)
    )
    said = []
    if forms:
        said.append(
            words.count(
                "What is missing here holds up {n} form of cooperation: {forms}.",
                "What is missing here holds up {n} forms of cooperation: {forms}.",
                len(forms),
                forms=words.listed([_form(voices, code) for code in forms]),
            )
        )
    if institutions:
        named = words.listed([voices.institution(code) for code in institutions])
        said.append(words.say("Concerned are: {institutions}.", institutions=named))
    unmet = {name for gap in gaps for name in gap.unmet}
    if unmet:
        said.append(
            words.count(
                "{n} mandatory treaty paragraph that belongs here is not met or only partly met.",
                "{n} mandatory treaty paragraphs that belong here are not met or only partly met.",
                len(unmet),
            )
        )
    waiting = [
        voices.sub_name(gap.sub_dimension)
        for gap in voices.inputs.priorities.gaps
        if gap.sub_dimension not in own and set(own).intersection(gap.depends_on)
    ]
    if waiting:
        said.append(words.say("Other gaps wait for these: {names}.", names=words.listed(waiting)))
    return " ".join(said)


def _form(voices: Voices, code: str) -> str:
    form = voices.pack.cooperation_forms.get(code)
    return plain(voices.text(form.label)) if form else plain(code)


def gaps_summary(voices: Voices) -> tuple[c.Finding, ...]:
    """The most severe gaps, one sentence each."""
    return tuple(gap_finding(voices, gap) for gap in voices.inputs.priorities.gaps[:SUMMED_UP])


SUMMED_UP = 6  # strengths and gaps in the executive summary
