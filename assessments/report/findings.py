"""PART A of a report, composed: what the answers show, before anything is proposed."""

from __future__ import annotations

from dataclasses import replace

from assessments.report import context_findings as c
from assessments.report.palette import HIDDEN, level_shade, verdict_shade
from assessments.report.plain import plain
from assessments.report.ranking import SUMMED_UP, gap_finding, gaps_meaning
from assessments.report.voices import Voices
from assessments.report.wording import DASH
from assessments.results import (
    EvidenceState,
    Gap,
    ProfileLine,
    Rate,
    RequirementStatus,
    SubDimensionScore,
    Verdict,
)


def scores(voices: Voices) -> dict[str, c.Score]:
    """Every sub-dimension as a row, by code, in the pack's order."""
    known = {s.sub_dimension: s for s in voices.inputs.scores.sub_dimensions}
    order = [sub.code for sub in voices.pack.sub_dimensions if sub.code in known]
    order += [code for code in known if code not in order]
    return {code: _score(voices, known[code]) for code in order}


def _score(voices: Voices, score: SubDimensionScore) -> c.Score:
    words = voices.words
    shown = voices.may_show(score.sensitivity)
    shade = level_shade(score.level) if shown else HIDDEN
    return c.Score(
        id=score.id,
        code=score.sub_dimension,
        name=voices.sub_name(score.sub_dimension),
        level=words.level(score.level),
        word=words.level_word(score.level) if shown else words.not_shown(),
        interval=words.interval(score.low, score.high),
        target=words.level(score.target) if shown else DASH,
        coverage=words.share(score.coverage),
        evidence=words.evidence(score.evidence),
        text=_level_text(voices, score) if shown else "",
        note=_note(voices, score) if shown else "",
        self_rated=_self_rated(voices, score),
        government=voices.says(score.id),
        shade=shade,
    )


def _level_text(voices: Voices, score: SubDimensionScore) -> str:
    sub = voices.pack.sub_dimension.get(score.sub_dimension)
    if sub is None or score.level is None:
        return voices.printed(score.because)
    reached = sub.levels[max(0, min(4, int(score.level + 1e-9)))]
    return plain(voices.text(reached))


def _note(voices: Voices, score: SubDimensionScore) -> str:
    words = voices.words
    notes = [
        words.basis(score.basis),
        words.say("institutions disagree") if score.divergent else "",
        words.say("reported without a document") if score.claimed else "",
        words.say("held down by a knock-out question") if score.knocked_out_by else "",
    ]
    return words.parted(notes)


def _self_rated(voices: Voices, score: SubDimensionScore) -> str:
    """The self-ratings, beside the level and never in it."""
    said = [
        voices.words.say(
            "{institution} {level}",
            institution=voices.institution(v.institution),
            level=voices.words.decimal(v.score, "0"),
        )
        for v in score.self_rated
        if v.score is not None
    ]
    if not said:
        return ""
    return voices.words.say("Self-rated: {said}", said=voices.words.parted(said))


def profile(voices: Voices, lines: tuple[ProfileLine, ...]) -> tuple[c.ProfileRow, ...]:
    """Dimensions or forms of cooperation as rows of the profile."""
    return tuple(_profile_row(voices, line) for line in lines)


def _profile_row(voices: Voices, line: ProfileLine) -> c.ProfileRow:
    words = voices.words
    shown = voices.may_show(line.sensitivity)
    shade = level_shade(line.level) if shown else HIDDEN
    return c.ProfileRow(
        id=line.id,
        name=part_name(voices, line.code),
        level=words.level(line.level),
        word=words.level_word(line.level) if shown else words.not_shown(),
        range=words.interval(line.lowest, line.highest),
        coverage=words.share(line.coverage),
        scored=words.say(
            "{scored} of {of}", scored=words.whole(line.scored), of=words.whole(line.of)
        )
        if shown
        else DASH,
        shade=shade,
    )


def part_name(voices: Voices, code: str) -> str:
    """Name of a dimension or a form of cooperation."""
    if dimension := voices.pack.dimension.get(code):
        return plain(voices.text(dimension.name))
    if form := voices.pack.cooperation_forms.get(code):
        return plain(voices.text(form.label))
    return voices.printed(code)


def dimensions(voices: Voices, rows: dict[str, c.Score]) -> tuple[c.DimensionFinding, ...]:
    """Findings by dimension; a dimension without any score prints nothing."""
    found = []
    for line in voices.inputs.scores.dimensions:
        known = [s for s in voices.inputs.scores.sub_dimensions if s.dimension == line.code]
        if known:
            found.append(_dimension(voices, line, known, rows))
    return tuple(found)


def _dimension(
    voices: Voices, line: ProfileLine, known: list[SubDimensionScore], rows: dict[str, c.Score]
) -> c.DimensionFinding:
    words = voices.words
    inputs = voices.inputs
    by_code = {score.sub_dimension: score for score in known}
    gaps = [gap for gap in inputs.priorities.gaps if gap.sub_dimension in by_code]
    closed = [score for score in known if not voices.may_show(score.sensitivity)]
    steps = _next_steps(voices, gaps)
    context = (d := voices.pack.dimension.get(line.code)) is not None and d.context
    return c.DimensionFinding(
        id=line.id,
        code=line.code,
        name=part_name(voices, line.code),
        situation=words.situation(
            level=line.level,
            lowest=line.lowest,
            highest=line.highest,
            scored=line.scored,
            of=line.of,
            coverage=line.coverage,
            hidden=len(closed),
        ),
        evidence=_evidence(voices, known),
        scores=tuple(
            rows[code]
            for code in rows
            if code in by_code and voices.may_show(by_code[code].sensitivity)
        ),
        hidden=tuple(c.Finding(voices.sub_name(s.sub_dimension), s.id) for s in closed),
        works=tuple(
            c.Finding(
                f"{words.strength(voices.sub_name(s.sub_dimension), s.level, s.evidence)} "
                f"{_level_text(voices, s)}".strip(),
                s.id,
            )
            for s in known
            if s.id in inputs.priorities.strengths
        ),
        gaps=tuple(gap_finding(voices, gap) for gap in gaps),
        meaning=gaps_meaning(voices, gaps),
        open=_open(voices, known),
        next_steps=steps,
        next_step=""
        if steps
        else words.say(
            "Context has no target and no gap of its own; it decides how the project is built."
        )
        if context
        else words.say("The project design offers no intervention here.")
        if gaps
        else "",
    )


def _evidence(voices: Voices, known: list[SubDimensionScore]) -> str:
    states = [s.evidence for s in known if s.level is not None]
    return voices.words.evidence_sentence(
        states.count(EvidenceState.SEEN),
        states.count(EvidenceState.OBSERVED),
        states.count(EvidenceState.STATED),
        sum(s.claimed for s in known),
    )


def _open(voices: Voices, known: list[SubDimensionScore]) -> tuple[c.Finding, ...]:
    reasons = {n.sub_dimension: n.reason for n in voices.inputs.priorities.not_scored}
    return tuple(
        c.Finding(
            voices.words.labelled(
                voices.sub_name(s.sub_dimension), voices.printed(reasons[s.sub_dimension])
            ),
            s.id,
        )
        for s in known
        if s.sub_dimension in reasons
    )


def _next_steps(voices: Voices, gaps: list[Gap]) -> tuple[c.Finding, ...]:
    """What the project does first about these gaps."""
    ids = {gap.id for gap in gaps}
    answers = [i for i in voices.inputs.design.interventions if ids.intersection(i.gaps)]
    answers.sort(key=lambda chosen: (chosen.start_month, chosen.id))
    return tuple(
        c.Finding(
            voices.words.say(
                "{title} ({period}).",
                title=voices.printed(i.title),
                period=voices.words.months(i.start_month, i.months),
            ),
            i.id,
        )
        for i in answers
    )


def compliance(voices: Voices) -> c.Compliance:
    """The compliance ledger: counts, gaps, and every paragraph."""
    words, inputs = voices.words, voices.inputs
    rows = {s.requirement: _requirement(voices, s) for s in inputs.scores.requirements}
    counts = {line.verdict: line.count for line in inputs.scores.mandatory}
    total = sum(counts.values())
    hidden = sum(
        not voices.may_show(status.sensitivity) and status.obligation.startswith("mandatory")
        for status in inputs.scores.requirements
    )
    return c.Compliance(
        sentence=words.compliance(counts, hidden=hidden),
        counts=tuple(
            c.Count(
                label=words.verdict(verdict),
                count=words.whole(counts.get(verdict, 0)),
                share=words.share(counts.get(verdict, 0) / total if total else None),
                shade=verdict_shade(verdict),
            )
            for verdict in Verdict
        ),
        gaps=tuple(
            replace(
                rows[s.requirement],
                because=voices.plain(voices.asked(voices.printed(s.because)), 300),
            )
            for s in inputs.scores.requirements
            if s.gap
        ),
        all=tuple(rows.values()),
        hidden=words.count(
            "{n} mandatory paragraph is not shown in the public version.",
            "{n} mandatory paragraphs are not shown in the public version.",
            hidden,
        )
        if hidden
        else "",
    )


def _requirement(voices: Voices, status: RequirementStatus) -> c.Requirement:
    words = voices.words
    known = voices.pack.requirement.get(status.requirement)
    shown = voices.may_show(status.sensitivity)
    shade = verdict_shade(status.verdict) if shown else HIDDEN
    return c.Requirement(
        id=status.id,
        ref=voices.printed(status.ref),
        article=f"{known.article} {voices.text(known.article_title)}" if known else "",
        text=plain(voices.text(known.text)) if known else "",
        obligation=words.term(status.obligation),
        verdict=words.verdict(status.verdict) if shown else words.not_shown(),
        because=voices.printed(status.because, 300),
        disputed=words.say("Institutions disagree.") if status.disputed else "",
        government=voices.says(status.id),
        shade=shade,
    )


def rates(voices: Voices) -> tuple[c.Rate, ...]:
    """The country's own figures with their counts; small numbers are not printed."""
    words = voices.words
    rows = []
    for rate in voices.inputs.scores.rates:
        if rate.value is None and not rate.in_doubt:
            continue
        protected = rate.small_number and not voices.may_print_small(rate.name)
        rows.append(
            c.Rate(
                label=voices.rate_label(rate),
                value=words.say("a small number, not printed")
                if protected
                else words.say("no value: these numbers cannot all be right")
                if rate.value is None
                else words.share(rate.numerator / rate.denominator)
                if rate.unit == "percent" and rate.numerator is not None and rate.denominator
                else words.quantity_of(rate.value, rate.unit),
                counts=DASH if protected else _counts(voices, rate),
            )
        )
    return tuple(rows)


def _counts(voices: Voices, rate: Rate) -> str:
    """The counts beside a rate, with a mark where one case moves it."""
    if rate.numerator is None or rate.denominator is None:
        return DASH
    words = voices.words
    counts = {"n": words.decimal(rate.numerator), "d": words.decimal(rate.denominator)}
    if rate.small_number:
        return words.say("{n} of {d} (few cases)", **counts)
    return words.say("{n} of {d}", **counts)


def strengths_summary(voices: Voices) -> tuple[c.Finding, ...]:
    """The firmest strengths: documents seen before what was only reported."""
    inputs = voices.inputs
    order = list(EvidenceState)
    found = [s for s in inputs.scores.sub_dimensions if s.id in inputs.priorities.strengths]
    found.sort(
        key=lambda s: (order.index(s.evidence) if s.evidence else len(order), -(s.level or 0))
    )
    return tuple(
        c.Finding(
            voices.words.strength(voices.sub_name(s.sub_dimension), s.level, s.evidence), s.id
        )
        for s in found[:SUMMED_UP]
    )
