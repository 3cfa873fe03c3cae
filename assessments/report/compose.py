"""From results to the fields of a report: values in, printable words out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assessments.report import (
    annexes,
    disagreement,
    findings,
    government,
    progress,
    proposal,
    ranking,
    tailoring,
)
from assessments.report import context as c
from assessments.report.context_findings import (
    Cover,
    Fact,
    Finding,
    Provenance,
    Respondent,
    Summary,
)
from assessments.report.disclaimer import disclaimer
from assessments.report.inputs import ReportInputs
from assessments.report.native_charts import alternative
from assessments.report.pack_voices import IN_ENGLISH
from assessments.report.plain import plain
from assessments.report.theory_of_change import sheets
from assessments.report.voices import Voices
from assessments.report.wording import DASH, Wording
from assessments.results import Outcome

SHORT_RUN = 12  # characters of a run's key that identify it on paper


def compose(inputs: ReportInputs, *, words: Wording | None = None) -> c.Report:
    """All fields of one report."""
    voices = Voices(inputs, words or Wording())
    rows, cover = findings.scores(voices), _cover(voices)
    report = c.Report(
        cover=cover,
        service=voices.words.service(
            voices.country, voices.plain(inputs.pack.service.in_(voices.language), 1000)
        ),
        provenance=_provenance(voices, cover),
        summary=_summary(voices),
        purpose=_purpose(voices),
        limits=(),
        dimension_profile=findings.profile(voices, inputs.scores.dimensions),
        form_profile=findings.profile(voices, inputs.scores.forms),
        profile_note=voices.words.profile_note() if _leaves_out(voices) else "",
        dimensions=findings.dimensions(voices, rows),
        progress=progress.progress(voices),
        compliance=findings.compliance(voices),
        rates=findings.rates(voices),
        priorities=ranking.priorities(voices),
        project=proposal.project(voices),
        responses=government.responses(voices),
        annexes=annexes.annexes(voices),
        charts=_charts(voices),
        disclaimer=disclaimer(voices.words),
    )
    return replace(report, limits=_limits(voices))  # last: it counts what could not be translated


def _leaves_out(voices: Voices) -> bool:
    """True where a line of the profile stands for less than all its sub-dimensions."""
    scores = voices.inputs.scores.sub_dimensions
    return not all(voices.may_show(score.sensitivity) for score in scores)


def _cover(voices: Voices) -> Cover:
    inputs, words = voices.inputs, voices.words
    approval = inputs.provenance.approval
    public = voices.public
    return Cover(
        country=voices.country,
        round=inputs.scores.assessment.round,
        title=plain(voices.text(inputs.pack.title)),
        project_title=voices.printed(inputs.design.title),
        status=words.say("Approved") if approval else words.say("DRAFT"),
        status_line=words.say(
            "Approved by {name} on {day}",
            name=voices.plain(approval.by, 120),
            day=words.day(approval.at),
        )
        if approval
        else words.say("DRAFT for discussion: not approved"),
        version=words.say("Public version") if public else words.say("Restricted version"),
        version_line=words.say(
            "Computed from public answers alone; it says where others would be needed."
        )
        if public
        else words.say("Holds restricted and confidential answers. Do not pass on or publish."),
        date=words.day(inputs.provenance.made_at),
        what_it_is=words.say("A planning assessment from answers given by national authorities"),
        validation=government.validation(voices),
        fictional=words.say("Fictional country: every answer in this report is invented.")
        if inputs.country.fictional
        else "",
    )


def _provenance(voices: Voices, cover: Cover) -> Provenance:
    inputs, words = voices.inputs, voices.words
    review, ref = inputs.review, inputs.scores.assessment
    whole = next((line for line in review.coverage if line.part == "all"), None)
    silent = [voices.institution(code) for code in review.silent]
    run = inputs.provenance.run
    facts = [
        Fact(words.say("Status"), cover.status_line),
        Fact(words.say("Validation"), cover.validation),
        Fact(words.say("Version"), cover.version),
        Fact(words.say("Made on"), words.day(inputs.provenance.made_at)),
        Fact(words.say("Run"), run[:SHORT_RUN]),
        Fact(words.say("Questionnaire"), f"{ref.pack} {ref.pack_version}"),
        Fact(words.say("Method"), ref.method_version),
        Fact(
            words.say("Answers"),
            words.parted(
                [f"{words.state(s.state)} {words.whole(s.count)}" for s in review.states if s.count]
            ),
        ),
    ]
    return Provenance(
        facts=tuple(fact for fact in facts if fact.value),
        respondents=tuple(
            Respondent(
                institution=voices.institution(r.institution),
                received=words.day(r.received_at),
                version=words.whole(r.version),
                asked=words.whole(r.asked),
                answered=words.whole(r.answered),
                with_evidence=words.whole(r.with_evidence),
                unusable=words.whole(r.unusable),
            )
            for r in review.respondents
        ),
        silent=words.say("No answers yet from: {names}.", names=words.listed(silent))
        if silent
        else "",
        coverage=Finding(
            words.say("{share} of the questions that apply", share=words.share(whole.coverage))
            if whole
            else DASH,
            whole.id if whole else "",
        ),
        divergence=disagreement.sentence(voices),
        divergences=disagreement.listed(voices),
        notebooks=tuple(Fact(name, digest) for name, digest in inputs.provenance.notebooks),
    )


def _summary(voices: Voices) -> Summary:
    inputs, words = voices.inputs, voices.words
    whole = next((line for line in inputs.review.coverage if line.part == "all"), None)
    scored = sum(s.level is not None for s in inputs.scores.sub_dimensions)
    strengths, gaps = findings.strengths_summary(voices), ranking.gaps_summary(voices)
    return Summary(
        scope=words.scope(
            country=voices.country,
            institutions=len(inputs.review.respondents),
            silent=len(inputs.review.silent),
            coverage=whole.coverage if whole else None,
            scored=scored,
            of=len(inputs.scores.sub_dimensions),
            hidden=sum(not voices.may_show(s.sensitivity) for s in inputs.scores.sub_dimensions),
        ),
        strengths_lead=words.count(
            "{n} sub-dimension stands at its target or above.",
            "{n} sub-dimensions stand at their target or above. The firmest are:",
            len(inputs.priorities.strengths),
        )
        if strengths
        else words.say("No sub-dimension that may be shown stands at its target yet."),
        strengths=strengths,
        gaps_lead=words.count(
            "{n} sub-dimension is below its target:",
            "{n} sub-dimensions are below their target. The most severe are:",
            len(inputs.priorities.gaps),
        )
        if gaps
        else words.say("No sub-dimension with enough information is below its target."),
        gaps=gaps,
        compliance=findings.compliance(voices).sentence,
        project=proposal.summary(voices),
        different=tailoring.different(voices),
        caution=words.say(
            "Levels are planning judgements with intervals, not measurements. They are not added "
            "up to one figure, and they compare {country} with its own targets only.",
            country=voices.country,
        ),
    )


def _purpose(voices: Voices) -> tuple[str, ...]:
    inputs, words = voices.inputs, voices.words
    return (
        words.say(
            "The assessment asks what {country} needs for {subject}. It looks at: {dimensions}.",
            country=voices.country,
            subject=voices.plain(
                (inputs.pack.subject or inputs.pack.title).in_(voices.language), 400
            ),
            dimensions=words.listed(
                [plain(d.name.in_(voices.language)) for d in inputs.pack.dimensions]
            ),
        ),
        words.say(
            "Each institution received an Excel questionnaire with its own questions. Its answers "
            "were checked cell by cell and stored with their place in the workbook. Two ledgers "
            "are kept apart: capability (a level from 0 to 4 for each sub-dimension) and "
            "compliance (where each mandatory treaty paragraph stands). They are never merged "
            "into one score."
        ),
        words.say(
            "A level counts as reached only when it is reached. Facts decide it; how an "
            "institution rates itself is shown beside it. Where too few questions are "
            "answered there is no level. Weights, thresholds and targets are dated data of method "
            "{method}, each with its reason.",
            method=voices.printed(inputs.scores.assessment.method_version),
        ),
    )


def _limits(voices: Voices) -> tuple[str, ...]:
    inputs, words = voices.inputs, voices.words
    limits = [
        words.say(
            "Answers are the institutions' own. Documents were cited for some and seen for fewer; "
            "each level says which."
        ),
        words.say("Unit costs are illustrative and must be replaced by local quotations."),
        words.say("What is not known lowers coverage; it is never counted as absent."),
    ]
    limits += progress.not_compared(voices)
    if not inputs.pack.piloted:
        limits.append(words.say("The questionnaire has not yet been piloted with a country."))
    if voices.public:
        limits.append(
            words.say(
                "This is the public version. Levels, priorities and project were computed anew "
                "from the answers that anyone may see, so that nothing in it tells a restricted "
                "or confidential answer. The restricted version rests on all answers and may "
                "differ."
            )
        )
    if voices.untranslated:
        limits.append(
            words.count(
                "{n} text of the questionnaire pack has no translation yet and stands in English, "
                "marked {mark}.",
                "{n} texts of the questionnaire pack have no translation yet and stand in English, "
                "marked {mark}.",
                len(voices.untranslated),
                mark=IN_ENGLISH.strip(),
            )
        )
    if voices.unreviewed:
        limits.append(voices.by_machine())
    return tuple(limits) + tuple(voices.printed(note) for note in inputs.country.notes)


def _chain(words: Wording, drawn: Sequence[Sequence[Outcome]]) -> Iterator[c.Chart]:
    caption = words.say("Theory of change: from gaps to impact, with the assumption on each arrow")
    for number, outcomes in enumerate(drawn, start=1):
        sheet = words.say(
            "{caption} ({n} of {of})",
            caption=caption,
            n=words.whole(number),
            of=words.whole(len(drawn)),
        )
        yield c.Chart(
            caption if len(drawn) == 1 else sheet,
            words.say(
                "Chain from {gaps} gaps over {outputs} outputs and {outcomes} outcomes to the "
                "impact. Results and assumptions stand in the logical framework.",
                gaps=words.whole(len({gap for one in outcomes for gap in one.gaps})),
                outputs=words.whole(sum(len(one.outputs) for one in outcomes)),
                outcomes=words.whole(len(outcomes)),
            ),
        )


def _charts(voices: Voices) -> c.Charts:
    inputs, words = voices.inputs, voices.words
    scores = inputs.scores.sub_dimensions
    by_word: dict[str, int] = {}
    for score in scores:
        word = (
            words.level_word(score.level)
            if voices.may_show(score.sensitivity)
            else words.not_shown()
        )
        by_word[word] = by_word.get(word, 0) + 1
    levels = words.parted([f"{words.whole(n)} {word}" for word, n in by_word.items()])
    top = words.listed([voices.sub_name(g.sub_dimension) for g in inputs.priorities.gaps[:3]])
    design = inputs.design
    return c.Charts(
        heat_map=c.Chart(
            words.say("Levels of all sub-dimensions (0 absent to 4 sustained)"),
            words.say(
                "Heat map of {n} sub-dimensions by dimension: {levels}. The same values stand in "
                "the tables of Part A.",
                n=words.whole(len(scores)),
                levels=levels,
            ),
        ),
        profile=c.Chart(
            words.say("Level by dimension (0 absent to 4 sustained)"),
            words.say(
                "Bars of the level of each dimension: {bars}.", bars=alternative(voices, "profile")
            ),
        ),
        budget=c.Chart(
            words.say("Budget by category ({currency})", currency=design.budget.currency),
            words.say(
                "Bars of the budget by category in {currency}: {bars}.",
                currency=design.budget.currency,
                bars=alternative(voices, "budget"),
            ),
        ),
        priority_matrix=c.Chart(
            words.say("Priority matrix: severity against feasibility, area for cost (USD)"),
            words.say(
                "Chart of {n} gaps by severity and by the month in which the project can have "
                "closed them. The most severe are {top}. The same values stand in the table of "
                "priority gaps.",
                n=words.whole(len(inputs.priorities.gaps)),
                top=top or DASH,
            ),
        ),
        theory_of_change=tuple(_chain(words, sheets(design))),
        work_plan=c.Chart(
            words.say("Work plan by quarter of the project"),
            words.say(
                "Bars of {n} interventions over {months} months. The same periods stand in the "
                "work plan table.",
                n=words.whole(len(design.interventions)),
                months=words.whole(design.months),
            ),
        ),
    )
