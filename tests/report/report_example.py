"""A small but complete assessment of a fictional country, made by hand for the tests of reports.

`example()` has 7 dimensions and 10 sub-dimensions; `example(spread=...)` more of each, to look at
the pages of a full-sized report. Nothing here is said of a real State.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from assessments.identifiers import Kind, printed_id
from assessments.pack.model import (
    Choice,
    Dimension,
    Intervention,
    Pack,
    Question,
    QuestionType,
    Requirement,
    SubDimension,
    Tier,
    Words,
)
from assessments.report import Approval, Edition, Provenance, ReportInputs
from assessments.results import (
    Activity,
    Answer,
    AnswersReview,
    AnswerState,
    AppliedRule,
    AssessmentRef,
    Budget,
    BudgetLine,
    BudgetTotal,
    ChosenIntervention,
    CountryProfile,
    CoverageLine,
    Divergence,
    DonorProject,
    EvidenceState,
    Gap,
    Indicator,
    NotScored,
    Outcome,
    Output,
    Package,
    Part,
    Priorities,
    ProfileLine,
    ProjectDesign,
    Rate,
    RejectedIntervention,
    RequirementStatus,
    Respondent,
    Risk,
    Scores,
    Sensitivity,
    Source,
    Stakeholder,
    StateCount,
    SubDimensionScore,
    Verdict,
    VerdictCount,
    Voice,
)
from assessments.scoring.publication import public_answers

ISO, ROUND = "XAA", "2026"
SECRET = "Relocation arrangement kept in the blue cabinet"  # text of a confidential answer
SUBS = {
    "STR": ["National strategy on organized crime and cooperation"],
    "OPS": ["Incoming mutual legal assistance", "Protection of witnesses across borders"],
    "LEG": ["Mutual legal assistance law", "Confiscation and asset recovery law"],
    "HUM": ["Central authority staffing"],
    "TEC": ["Case tracking and statistics", "Secure communication and IT"],
    "COO": ["Regional judicial networks"],
    "CTX": ["Absorptive capacity"],
}
FULL = {"STR": 4, "OPS": 9, "LEG": 9, "HUM": 5, "TEC": 6, "COO": 7, "CTX": 6}
NAMES = {
    "STR": "Strategies of national authorities",
    "OPS": "Operational procedures",
    "LEG": "Legal system",
    "HUM": "Human resources",
    "TEC": "Technical resources",
    "COO": "Inter-agency and regional cooperation",
    "CTX": "Cultural and political context",
}
CLOSED = "OPS-2"  # rests on confidential answers
REF = AssessmentRef(
    iso3=ISO,
    round=ROUND,
    pack="cooperation",
    pack_version="1.0",
    pack_digest="ab" * 32,
    method_version="2026.1",
)


def say(text: str) -> Words:
    return Words({"en": text})


def ident(kind: Kind, *local: str | int) -> str:
    return printed_id(kind, ISO, ROUND, *local)


def sub_names(*, full: bool) -> dict[str, str]:
    found = {}
    for dimension, names in SUBS.items():
        for n in range(FULL[dimension] if full else len(names)):
            found[f"{dimension}-{n + 1}"] = names[n] if n < len(names) else f"{names[-1]} ({n + 1})"
    return found


def pack(*, full: bool = False, requirements: int = 6) -> Pack:
    subs = tuple(
        SubDimension(
            code=code,
            dimension=code[:3],
            name=say(name),
            cooperation_form="MLA",
            institutions=("CA", "PROS"),
            indicators=say("Procedure; median days"),
            levels=(
                say("Nothing is in place"),
                say("Handled case by case, without tracking"),
                say("A procedure exists and is partly followed"),
                say("Procedure followed with deadlines"),
                say("Timely, measured and improved"),
            ),
        )
        for code, name in sub_names(full=full).items()
    )
    questions = tuple(
        Question(
            name=f"{sub.code.replace('-', '_')}_0{n}",
            type=QuestionType.SELECT_ONE,
            label=say(f"{sub.name}: is there a written procedure (part {n})?"),
            hint=say(""),
            dimension=sub.dimension,
            sub_dimension=sub.code,
            cooperation_form="MLA",
            institutions=("CA", "PROS"),
            lead="CA",
            tier=Tier.CORE,
            choices=(Choice("yes", say("Yes")), Choice("no", say("No"))),
            sensitivity=Sensitivity.CONFIDENTIAL if sub.code == CLOSED else Sensitivity.PUBLIC,
        )
        for sub in subs
        for n in (1, 2)
    )
    free = Question(
        name="STR_1_09",
        type=QuestionType.TEXT,
        label=say("What else should be known?"),
        hint=say(""),
        dimension="STR",
        sub_dimension="STR-1",
        cooperation_form="GEN",
        institutions=("CA",),
        lead="CA",
        tier=Tier.CORE,
    )
    return Pack(
        id="cooperation",
        version="1.0",
        title=say("International cooperation under the Convention"),
        languages=("en",),
        questions=(*questions, free),
        choice_lists={
            "institutions": (
                Choice("CA", say("Central authority")),
                Choice("PROS", say("Prosecution service")),
                Choice("POL", say("Police")),
                Choice("MOJ", say("Ministry of justice")),
            ),
            "cooperation_forms": (
                Choice("MLA", say("Mutual legal assistance"), "formal"),
                Choice("LEC", say("Law enforcement cooperation"), "informal"),
            ),
        },
        dimensions=tuple(
            Dimension(code, say(name), name.lower(), code == "CTX") for code, name in NAMES.items()
        ),
        sub_dimensions=subs,
        requirements=tuple(_requirement(n) for n in range(1, requirements + 1)),
        interventions=tuple(_offer(n) for n in range(1, 20)),
        tailoring=(),
        cost_shares=(),
        method=None,
        digest="ab" * 32,
    )


def _requirement(n: int) -> Requirement:
    return Requirement(
        name=f"UNTOC_18_{n}",
        article="18",
        article_title=say("Mutual legal assistance"),
        ref=f"18({n})",
        obligation="mandatory",  # type: ignore[arg-type]
        text=say("States Parties afford one another the widest measure of legal assistance"),
        alternative_group="",
        cooperation_form="MLA",
        dimension="LEG",
        sub_dimension="LEG-1",
        institutions=("CA",),
        check_type="law",
        question="LEG_1_01",
        met="yes",
        not_met="no",
    )


TITLES = (
    "Register of requests in the central authority",
    "Drafting of a mutual legal assistance law",
    "Mentoring of the central authority unit",
    "Standard operating procedure for incoming requests",
    "Regional network contact points named and trained",
    "Secure official communication for liaison",
)


def title(n: int) -> str:
    return TITLES[n - 1] if n <= len(TITLES) else f"{TITLES[n % len(TITLES)]}, stage {n}"


def _offer(n: int) -> Intervention:
    return Intervention(
        name=f"INT_{n:03}",
        title=say(title(n)),
        type="training",
        sub_dimensions=("TEC-1",),
        untoc_refs=(),
        prerequisites=(),
        prerequisite_note=say(""),
        in_place=None,
        unit="course",
        unit_cost_low=8000,
        unit_cost_high=16000,
        months_min=3,
        months_max=6,
        cost_basis="",
        tool=say(""),
        tool_year="",
        tool_verification="",
        already_used=None,
        output=say(""),
        outcome=say(""),
        means_of_verification=say(""),
        risk=say(""),
        sdg_target="16.3",
        phase=1,
        demand="low",
        hrddp=False,
        lead="CA",
    )


LEVELS = (1.0, 0.4, 2.2, 3.4, 1.8, 0.9, None, 2.6, 3.0, 4.0)
EVIDENCE = (EvidenceState.STATED, EvidenceState.SEEN, EvidenceState.OBSERVED)


def scores(*, edition: Edition = "public", full: bool = False, requirements: int = 6) -> Scores:
    subs = []
    for n, (code, _) in enumerate(sub_names(full=full).items()):
        level = LEVELS[n % len(LEVELS)]
        closed = code == CLOSED
        untold = closed and edition == "public"
        if closed:
            level = None if untold else 0.4
        subs.append(
            SubDimensionScore(
                id=ident(Kind.SCORE, code),
                sub_dimension=code,
                dimension=code[:3],
                level=level,
                low=None if level is None else max(0.0, level - 0.5),
                high=None if level is None else min(4.0, level + 0.6),
                basis="none" if level is None else "facts",
                facts_level=level,
                self_rated=()
                if untold
                else (
                    Voice(
                        institution="CA",
                        answer=answer_id(code, 1),
                        state=AnswerState.ANSWERED,
                        score=3.0,
                    ),
                ),
                aggregation="weighted_mean",
                knocked_out_by=(),
                coverage=None if untold else 0.2 if level is None else 0.6 + 0.04 * (n % 10),
                evidence=None if level is None else EVIDENCE[n % 3],
                claimed=level is not None and level >= 3 and n % 3 == 0,
                divergent=n == 2,
                target=None if code.startswith("CTX") else 3.0,
                gap=None if level is None or code.startswith("CTX") else max(0.0, 3.0 - level),
                facts=(),
                because="Fewer than half of the questions were answered"
                if level is None and not untold
                else "",
                sensitivity=Sensitivity.CONFIDENTIAL if closed else Sensitivity.PUBLIC,
            )
        )
    statuses = tuple(
        RequirementStatus(
            id=ident(Kind.REQUIREMENT, "18", n),
            requirement=f"UNTOC_18_{n}",
            ref=f"18({n})",
            obligation="mandatory",
            verdict=list(Verdict)[(n - 1) % 5],
            disputed=n == 3,
            gap=(n - 1) % 5 in (1, 2),
            question="LEG_1_01",
            voices=(),
            sensitivity=Sensitivity.PUBLIC,
            because="The central authority answers that the law names no time limit",
        )
        for n in range(1, requirements + 1)
    )
    dims = tuple(
        ProfileLine(
            id=ident(Kind.DIMENSION, code),
            code=code,
            level=1.9,
            coverage=0.74,
            lowest=0.9,
            highest=3.4,
            scored=sum(s.dimension == code and s.level is not None for s in subs),
            of=sum(s.dimension == code for s in subs),
            sensitivity=Sensitivity.CONFIDENTIAL
            if code == "OPS" and edition == "restricted"
            else Sensitivity.PUBLIC,
        )
        for code in NAMES
    )
    forms = tuple(
        ProfileLine(
            id=ident(Kind.FORM, code),
            code=code,
            level=level,
            coverage=0.7,
            lowest=level,
            highest=level,
            scored=4,
            of=6,
            sensitivity=Sensitivity.PUBLIC,
        )
        for code, level in (("MLA", 1.7), ("LEC", 2.4))
    )
    return Scores(
        assessment=REF,
        sub_dimensions=tuple(subs),
        dimensions=dims,
        forms=forms,
        requirements=statuses,
        mandatory=tuple(
            VerdictCount(verdict=v, count=sum(s.verdict is v for s in statuses)) for v in Verdict
        ),
        rates=(
            Rate(
                name="done",
                label="Incoming requests executed in the year",
                value=62.5,
                unit="percent",
                numerator=25,
                denominator=40,
                small_number=False,
                answers=(answer_id("OPS-1", 1),),
                sensitivity=Sensitivity.PUBLIC,
            ),
            Rate(
                name="moved",
                label="Witnesses relocated",
                value=2,
                unit="persons",
                numerator=2,
                denominator=7777,
                small_number=True,
                answers=(answer_id("OPS-2", 1),),
                sensitivity=Sensitivity.PUBLIC,
            ),
        ),
    )


def answer_id(code: str, n: int) -> str:
    return ident(Kind.ANSWER, "CA", code, f"0{n}")


def priorities(found: Scores) -> Priorities:
    below = [s for s in found.sub_dimensions if s.gap]
    below.sort(key=lambda s: -(s.gap or 0))
    return Priorities(
        assessment=REF,
        gaps=tuple(
            Gap(
                id=ident(Kind.GAP, s.sub_dimension),
                rank=rank,
                sub_dimension=s.sub_dimension,
                score=s.id,
                level=s.level or 0,
                target=3.0,
                gap=s.gap or 0,
                severity=round((s.gap or 0) * 1.5, 2),
                parts=(
                    Part(name="gap", value=s.gap or 0, reason="Target 3.0 minus the level"),
                    Part(
                        name="compliance",
                        value=1.5,
                        reason="A mandatory paragraph of the Convention is not met",
                    ),
                ),
                unmet=tuple(r.id for r in found.requirements if r.gap)[:2],
                depends_on=("STR-1",),
                robustness="robust" if rank < 4 else "depends_on_weights",
                best_rank=rank,
                worst_rank=rank + rank % 3,
                reason="Requests wait because nobody can see which are open: without a register "
                "neither deadlines nor reminders can work.",
                sensitivity=s.sensitivity,
            )
            for rank, s in enumerate(below, 1)
        ),
        strengths=tuple(s.id for s in found.sub_dimensions if s.target and (s.level or 0) >= 3),
        not_scored=tuple(
            NotScored(sub_dimension=s.sub_dimension, reason=s.because)
            for s in found.sub_dimensions
            if s.level is None and s.because
        ),
    )


def design(gaps: tuple[Gap, ...], *, interventions: int = 4, lines_each: int = 2) -> ProjectDesign:
    """Each intervention answers one gap; the one for the closed gap is confidential."""
    chosen, activities, lines, outputs = [], [], [], []
    closed_gap = next((g.id for g in gaps if g.sensitivity is not Sensitivity.PUBLIC), "")
    for n in range(1, interventions + 1):
        gap = gaps[(n - 1) % len(gaps)]
        mark = Sensitivity.CONFIDENTIAL if gap.id == closed_gap else Sensitivity.PUBLIC
        code, out = f"INT_{n:03}", ident(Kind.OUTPUT, (n - 1) // 2 + 1)
        act = ident(Kind.ACTIVITY, n)
        chosen.append(
            ChosenIntervention(
                id=ident(Kind.INTERVENTION, f"{n:03}"),
                intervention=code,
                title=title(n),
                gaps=(gap.id,),
                packages=("core", "full") if n > 2 else ("essential", "core", "full"),
                rules=()
                if n == 2
                else (
                    AppliedRule(
                        rule=f"TAI_{n:03}",
                        effect="adapt",
                        kind="legal_tradition",
                        how="Place the rules in the code of criminal procedure.",
                        reason="In this legal tradition courts apply the code, not a separate act.",
                        verification="unverified",
                        sensitivity=mark,
                    ),
                ),
                phase=1 + n % 3,
                start_month=2 * (n - 1),
                months=6 + n,
                quantity=Decimal(2),
                unit="courses",
                unit_cost_low=Decimal(8000),
                unit_cost_high=Decimal(16000),
                cost=Decimal(lines_each) * Decimal("12345.50"),
                after=(f"INT_{n - 1:03}",) if n > 1 else (),
                lead="CA",
                hrddp=n == 3,
                tool="Request Writer Tool",
                tool_verification="verified",
                sdg_target="16.3",
                coordinate_with=("Regional support programme",) if n == 1 else (),
                benefit=1.0,
                why="It closes the gap that most other gaps depend on.",
                sensitivity=mark,
            )
        )
        activities.append(
            Activity(
                id=act,
                output=out,
                intervention=chosen[-1].id,
                text=f"{title(n)}: carry it out",
                start_quarter=1 + n // 2,
                end_quarter=3 + n // 2,
                after=(ident(Kind.ACTIVITY, n - 1),) if n > 1 else (),
                owner="CA",
                sensitivity=mark,
            )
        )
        lines += [
            BudgetLine(
                id=ident(Kind.BUDGET_LINE, n, line),
                activity=act,
                outcome=ident(Kind.OUTCOME, 1),
                category=("personnel", "travel", "contractual")[line % 3],
                description=f"{title(n)}: part {line}",
                year=1 + line % 2,
                quantity=Decimal(1),
                unit="course",
                unit_cost=Decimal("12345.50"),
                unit_cost_low=Decimal(8000),
                unit_cost_high=Decimal(16000),
                amount=Decimal("12345.50"),
                basis="illustrative planning figure",
                sensitivity=mark,
            )
            for line in range(1, lines_each + 1)
        ]
    for n in range(1, (interventions + 1) // 2 + 1):
        mine = [a for a in activities if a.output == ident(Kind.OUTPUT, n)]
        outputs.append(
            Output(
                id=ident(Kind.OUTPUT, n),
                outcome=ident(Kind.OUTCOME, 1),
                text="A register of requests is in daily use in the central authority",
                indicators=(indicator(f"O{n}"),),
                assumptions=("Posts are in the national budget",),
                sustainability="The ministry of justice pays for the register from its budget; "
                "without it the paper register is kept.",
                activities=tuple(a.id for a in mine),
            )
        )
    subtotal = sum((line.amount for line in lines), Decimal(0))
    support = (subtotal * Decimal("0.13")).quantize(Decimal("0.01"))

    def totals(key: str) -> tuple[BudgetTotal, ...]:
        sums: dict[str, Decimal] = {}
        for line in lines:
            sums[str(getattr(line, key))] = (
                sums.get(str(getattr(line, key)), Decimal(0)) + line.amount
            )
        return tuple(BudgetTotal(key=k, amount=v) for k, v in sums.items())

    return ProjectDesign(
        assessment=REF,
        country=country(),
        context=(("legal_tradition", "civil"), ("resource_setting", "low")),
        assumptions=("The resource setting was taken as low, since it is not known.",),
        title="Cooperation that answers in time",
        impact="Fewer crimes go unpunished at a border.",
        impact_indicators=(indicator("I1"),),
        outcomes=(
            Outcome(
                id=ident(Kind.OUTCOME, 1),
                institutions=("CA", "PROS"),
                gaps=(gaps[0].id,),
                text="The central authority answers requests within agreed time limits",
                indicators=(indicator("C1"),),
                assumptions=("The law is adopted in year two",),
                outputs=tuple(o.id for o in outputs),
            ),
        ),
        outputs=tuple(outputs),
        activities=tuple(activities),
        interventions=tuple(chosen),
        rejected=(
            RejectedIntervention(
                intervention="INT_019",
                title="Digital forensics laboratory",
                code="prerequisite",
                reason="No funded law on electronic evidence.",
            ),
        ),
        packages=tuple(
            Package(
                id=ident(Kind.PACKAGE, name),
                name=name,
                ceiling=ceiling,
                subtotal=subtotal,
                support_cost=support,
                total=subtotal + support,
                benefit=3.0,
                chosen=tuple(c.intervention for c in chosen if name in c.packages),
            )
            for name, ceiling in (
                ("essential", Decimal(250000)),
                ("core", Decimal(800000)),
                ("full", None),
            )
        ),
        frontier=(),
        budget=Budget(
            package="core",
            currency="USD",
            lines=tuple(lines),
            by_category=totals("category"),
            by_year=totals("year"),
            by_outcome=totals("outcome"),
            subtotal=subtotal,
            support_rate=Decimal("0.13"),
            support_cost=support,
            total=subtotal + support,
        ),
        risks=tuple(
            Risk(
                id=ident(Kind.RISK, n),
                category="institutional",
                event="Posts are not funded",
                cause="The budget is decided after the project starts",
                likelihood=n + 1,
                impact=4,
                rating=(n + 1) * 4,
                warning_sign="No post in the draft budget",
                mitigation="Start with what needs no post",
                owner="MOJ",
                residual=4,
            )
            for n in (1, 2, 3)
        ),
        donors=(
            DonorProject(
                donor="Regional programme",
                title="Support to prosecutors",
                amount="USD 300,000",
                period="2025-2027",
                overlaps=("INT_001",),
                answer=answer_id("STR-1", 1),
                sensitivity=Sensitivity.PUBLIC,
            ),
        ),
        stakeholders=(
            Stakeholder(
                institution="CA",
                involvement="owns the register",
                assets="experienced staff",
                gaps="no register",
                desired="answers in time",
                rests_on=(),
            ),
        ),
        months=36,
        gender_marker=1,
        gender_reason="Women take part in training in equal numbers.",
        sdg_targets=("16.3", "16.a"),
    )


def indicator(name: str) -> Indicator:
    return Indicator(
        id=ident(Kind.INDICATOR, name),
        text="Median days to execute a request",
        question="",
        baseline="240 days",
        baseline_year="2026",
        target="120 days",
        target_date="2029",
        source="Register of the central authority",
        frequency="yearly",
        owner="CA",
        disaggregation="by type of request",
    )


def country() -> CountryProfile:
    return CountryProfile(
        iso3=ISO,
        un_name="Arcadia Republic",
        fictional=True,
        legal_tradition="civil",
        resource_setting="low",
    )


def answers(of: Pack) -> tuple[Answer, ...]:
    found = []
    for n, question in enumerate(of.questions, 2):
        local = question.name.rsplit("_", 1)
        found.append(
            Answer(
                id=ident(Kind.ANSWER, "CA", *local),
                question=question.name,
                institution="CA",
                state=AnswerState.ANSWERED,
                evidence="Circular 12 of 2024",
                value=SECRET if question.sub_dimension == CLOSED else "yes",
                source=Source(workbook_sha256="cd" * 32, sheet="Questions", cell=f"F{n}"),
            )
        )
    return tuple(found)


def review(found: Scores) -> AnswersReview:
    return AnswersReview(
        assessment=REF,
        respondents=tuple(
            Respondent(
                institution=i,
                workbook_sha256="cd" * 32,
                version=1,
                received_at=datetime(2026, 3, 4, tzinfo=UTC),
                asked=40,
                answered=31,
                unusable=2,
                with_evidence=12,
            )
            for i in ("CA", "PROS")
        ),
        silent=("POL",),
        states=(
            StateCount(state=AnswerState.ANSWERED, count=62),
            StateCount(state=AnswerState.BLANK, count=18),
        ),
        coverage=(
            CoverageLine(
                id=ident(Kind.COVERAGE, "all"),
                part="all",
                applicable=80,
                answered=62,
                coverage=0.775,
            ),
        ),
        divergences=(
            Divergence(
                question="OPS_1_01",
                sub_dimension="OPS-1",
                spread=3.0,
                sensitivity=Sensitivity.PUBLIC,
                voices=(
                    Voice(
                        institution="CA",
                        answer=answer_id("OPS-1", 1),
                        state=AnswerState.ANSWERED,
                        score=4,
                        text="yes",
                    ),
                    Voice(
                        institution="PROS",
                        answer=ident(Kind.ANSWER, "PROS_OPS_1_01"),
                        state=AnswerState.ANSWERED,
                        score=0,
                        text="no",
                    ),
                ),
            ),
        ),
        attention=(),
    )


def example(
    *, edition: Edition = "public", full: bool = False, approved: bool = False
) -> ReportInputs:
    """All inputs of one report; in the public edition as they are computed from public answers."""
    requirements = 205 if full else 6
    found = scores(edition=edition, full=full, requirements=requirements)
    ranked = priorities(found)
    made = pack(full=full, requirements=requirements)
    drawn = design(ranked.gaps, interventions=14 if full else 4, lines_each=5 if full else 2)
    approval = Approval("A. Officer", datetime(2026, 5, 3, tzinfo=UTC)) if approved else None
    return ReportInputs(
        pack=made,
        country=country(),
        review=review(found),
        scores=found,
        priorities=ranked,
        design=drawn,
        answers=answers(made) if edition == "restricted" else public_answers(made, answers(made)),
        edition=edition,
        provenance=Provenance(
            run="9f" * 32,
            made_at=datetime(2026, 4, 2, tzinfo=UTC),
            tana_version="0.1.0",
            notebooks=(("1_check_answers", "aa" * 32),),
            approval=approval,
        ),
    )
