"""What must hold for any answers: better never lowers, missing never raises, order is nothing.

The method may state the level of the answers or the established one, the lower end of its
interval: no missing answer may raise that end (docs/decisions/0005-level-and-interval.md).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scoring_cases import COUNTRY, REF, answer, method, pack, question, rating, reasoned

from assessments.pack.model import Pack, Question
from assessments.results import Answer, AnswerState, EvidenceState, SubDimensionScore
from assessments.scoring import score_assessment, set_priorities

MISSING = (
    AnswerState.BLANK,
    AnswerState.NO_INFORMATION,
    AnswerState.WITHHELD,
    AnswerState.UNUSABLE,
)
CONDITIONS = ("", "", "!= '0'", "= '0'", ">= 2", "= '2'", "< 3")
RULES = ("weighted_mean", "weighted_mean", "weakest_link", "geometric_mean", "pefa_m2")
SETTINGS = settings(max_examples=250, deadline=None)


@dataclass(frozen=True)
class Said:
    """What the lead would answer if asked (None: would not), and what PROS says."""

    lead: int | None
    other: int | None
    state: AnswerState  # where the lead would not answer
    seen: EvidenceState
    funded: bool


SAID = st.builds(
    Said,
    lead=st.one_of(st.none(), st.integers(0, 4), st.integers(0, 4)),
    other=st.one_of(st.none(), st.none(), st.integers(0, 4)),
    state=st.sampled_from(MISSING),
    seen=st.sampled_from(EvidenceState),
    funded=st.booleans(),
)


@st.composite
def questionnaires(draw: st.DrawFn) -> tuple[Pack, tuple[Said, ...]]:
    """One sub-dimension of one to four facts, some asked only after others, with a rating.

    The method states the level of the answers, as the one of record does, or the established one.
    """
    count = draw(st.integers(1, 4))
    questions: list[Question] = [rating("R")]
    for number in range(count):
        condition = draw(st.sampled_from(CONDITIONS)) if number else ""
        parent = draw(st.integers(0, max(0, number - 1)))
        questions.append(
            question(
                f"Q{number}",
                weight=float(draw(st.integers(1, 3))),
                knockout=draw(st.booleans()) and draw(st.booleans()),
                existence=draw(st.booleans()),
                asked_if=f"${{Q{parent}}} {condition}" if condition else "",
            )
        )
    aggregation = method().model_dump(mode="json")["aggregation"]
    aggregation["default"] = reasoned(draw(st.sampled_from(RULES)))
    said = tuple(draw(SAID) for _ in questions)
    published = reasoned(draw(st.sampled_from(("answered", "established"))))
    return pack(questions, method_=method(aggregation=aggregation, published=published)), said


def answers(small: Pack, said: tuple[Said, ...]) -> list[Answer]:
    """The workbooks of CA and PROS, with skip logic applied as the questionnaire does."""
    values: dict[str, str | None] = {}
    found = []
    for asked, item in zip(small.questions, said, strict=True):
        if asked.relevant is not None and not asked.relevant.holds(values):
            found.append(answer(asked.name, state=AnswerState.SKIPPED))
            continue
        if item.lead is None:
            found.append(answer(asked.name, state=item.state))
        else:
            values[asked.name] = str(item.lead)
            kind = "funded_use" if item.funded else ""
            found.append(
                answer(asked.name, str(item.lead), evidence_state=item.seen, evidence_class=kind)
            )
        if item.other is not None:
            found.append(answer(asked.name, str(item.other), "PROS"))
    return found


def score(small: Pack, said: tuple[Said, ...]) -> SubDimensionScore:
    [found] = score_assessment(small, COUNTRY, answers(small, said), REF).sub_dimensions
    return found


@SETTINGS
@given(questionnaires(), st.data())
def test_a_better_answer_never_lowers_the_level(
    case: tuple[Pack, tuple[Said, ...]], data: st.DataObject
) -> None:
    """Also through skip logic, whichever level the method states.

    Only a newly asked question left unanswered may end a level.
    """
    small, said = case
    index = data.draw(st.integers(0, len(said) - 1))
    lead = said[index].lead
    assume(lead is not None and lead < 4)
    better = list(said)
    better[index] = replace(said[index], lead=data.draw(st.integers((lead or 0) + 1, 4)))
    before, after = score(small, said), score(small, tuple(better))
    if before.level is None or after.level is None:
        if after.level is None and before.level is not None:
            assert any(fact.state in MISSING for fact in after.facts)
        return
    assert after.level >= before.level


@SETTINGS
@given(questionnaires(), st.data())
def test_a_missing_answer_never_raises_what_is_established(
    case: tuple[Pack, tuple[Said, ...]], data: st.DataObject
) -> None:
    """Whatever the reason it is missing for, and also through skip logic.

    A level may appear only where skip logic brought up a further question and it was answered.
    """
    small, said = case
    index = data.draw(st.integers(0, len(said) - 1))
    assume(said[index].lead is not None)
    without = list(said)
    without[index] = replace(said[index], lead=None, state=data.draw(st.sampled_from(MISSING)))
    before, after = score(small, said), score(small, tuple(without))
    if before.level is None and after.level is not None:
        known = {fact.question for fact in before.facts if fact.score is not None}
        assert {fact.question for fact in after.facts if fact.score is not None} - known
    if before.level is None or after.level is None:
        return
    assert before.low is not None
    assert after.low is not None
    assert after.low <= before.low
    if small.method is not None and small.method.published.value == "established":
        assert after.level <= before.level


@SETTINGS
@given(questionnaires())
def test_the_interval_holds_the_level_and_stays_on_the_scale(
    case: tuple[Pack, tuple[Said, ...]],
) -> None:
    found = score(*case)
    if found.level is None:
        assert (found.low, found.high, found.gap, found.basis) == (None, None, None, "none")
        assert found.because
        return
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.level <= found.high <= 4


@SETTINGS
@given(questionnaires(), st.randoms(use_true_random=False))
def test_order_of_answers_and_repetition_change_nothing(
    case: tuple[Pack, tuple[Said, ...]], random: object
) -> None:
    """One institution answering forty times counts once."""
    small, said = case
    given_ = answers(small, said)
    mixed = given_ * 40
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert score_assessment(small, COUNTRY, mixed, REF) == score_assessment(
        small, COUNTRY, given_, REF
    )


@SETTINGS
@given(questionnaires())
def test_a_question_of_weight_zero_might_as_well_not_be_there(
    case: tuple[Pack, tuple[Said, ...]],
) -> None:
    small, said = case
    extra = question("Z", weight=0.0, knockout=True)
    more = pack((*small.questions, extra), method_=small.method)
    zero = Said(0, None, AnswerState.BLANK, EvidenceState.STATED, False)
    before, after = score(small, said), score(more, (*said, zero))
    assert (before.level, before.low, before.high) == (after.level, after.low, after.high)


@SETTINGS
@given(questionnaires())
def test_nothing_missing_is_ever_scored(case: tuple[Pack, tuple[Said, ...]]) -> None:
    """Only `answered` scores; a level stands on at least one answer."""
    small, said = case
    found = score(small, said)
    for fact in found.facts:
        assert (fact.score is None) == (fact.state is not AnswerState.ANSWERED)
    if found.basis == "facts":
        assert any(fact.score is not None for fact in found.facts)


@SETTINGS
@given(questionnaires())
def test_priorities_follow_from_any_scores(case: tuple[Pack, tuple[Said, ...]]) -> None:
    """Every sub-dimension is a gap, a strength, or not scored; never two of them."""
    small, said = case
    given_ = answers(small, said)
    scores = score_assessment(small, COUNTRY, given_, REF)
    found = set_priorities(small, COUNTRY, scores, given_)
    places = len(found.gaps) + len(found.strengths) + len(found.not_scored)
    assert places == len(scores.sub_dimensions)
    for gap in found.gaps:
        assert gap.best_rank <= gap.rank <= gap.worst_rank
        assert gap.severity > 0


def test_a_question_that_follows_from_one_rightly_left_out_counts() -> None:
    """Q1 is asked only of those without Q0, and Q2 unless Q1 is 0; nothing is missing here.

    Q0 is 1, so Q1 was rightly skipped and counts as met; with 3 for Q2: (1 + 4 + 3) / 3.
    """
    small = pack(
        [
            rating("R"),
            question("Q0"),
            question("Q1", asked_if="${Q0} = '0'"),
            question("Q2", asked_if="${Q1} != '0'", knockout=True),
        ],
        method_=method(),
    )
    given_ = [answer("Q0", "1"), answer("Q1", state=AnswerState.SKIPPED), answer("Q2", "3")]
    [found] = score_assessment(small, COUNTRY, given_, REF).sub_dimensions
    assert (found.level, found.coverage) == (2.6667, 1.0)


def test_a_better_answer_that_brings_up_a_bad_one_does_not_lower_the_level_of_the_answers() -> None:
    """Q1 is asked only of those with something in Q0; Q2 stands at 4.

    Q0 none: Q1 is absent too, (0 + 0 + 4) / 3 = 1.3333. Leaving it out would give 2, more than
    the better answer does: Q0 at 1 and Q1 at 0 give (1 + 0 + 4) / 3 = 1.6667.
    """
    small = pack(
        [question("Q0"), question("Q1", asked_if="${Q0} != '0'"), question("Q2")],
        method_=method(published=reasoned("answered")),
    )
    none = [answer("Q0", "0"), answer("Q1", state=AnswerState.SKIPPED), answer("Q2", "4")]
    some = [answer("Q0", "1"), answer("Q1", "0"), answer("Q2", "4")]
    levels = [
        score_assessment(small, COUNTRY, given_, REF).sub_dimensions[0].level
        for given_ in (none, some)
    ]
    assert levels == [1.3333, 1.6667]
