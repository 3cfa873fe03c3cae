"""Worked examples an assessor can check: what an answer scores, and what it says of a paragraph."""

import pytest

from assessments.pack.load import load_pack
from assessments.pack.scores import UnreadableScore, parse_score
from assessments.pack.verdicts import decided
from assessments.results import Verdict


@pytest.mark.parametrize(
    ("rule", "question", "value", "score"),
    [
        ("level", "LEG_1_01", "3", 3.0),
        ("level", "LEG_1_01", 0.0, 0.0),
        ("level", "LEG_1_01", "5", None),
        ("yes=4;partly=2;no=0", "LEG_1_02", "yes", 4.0),
        ("yes=4;partly=2;no=0", "LEG_1_02", "partly", 2.0),
        ("yes=4;partly=2;no=0", "LEG_1_02", "perhaps", None),
        ("yes=0;otherwise=3", "LEG_1_02", "no", 3.0),
        ("<=60=4;<=120=3;>120=0", "OPS_1_07", 60.0, 4.0),
        ("<=60=4;<=120=3;>120=0", "OPS_1_07", 60.5, 3.0),
        ("<=60=4;<=120=3;>120=0", "OPS_1_07", 121.0, 0.0),
        (">=0.75=3;>=0.5=2;<0.5=0", "OPS_1_07", 0.6, 2.0),
        (">=3=4;>=1=2;0=0", "OPS_1_07", 0.0, 0.0),
        (">=3=4;>=2=2;0=0", "OPS_1_07", 1.0, None),  # no band speaks of one
        ("count>=2=4;count>=1=2;count<1=0", "LEG_1_03", ("evidence", "service"), 4.0),
        ("count>=2=4;count>=1=2;count<1=0", "LEG_1_03", ("service",), 2.0),
        ("count>=2=4;count>=1=2;count<1=0", "LEG_1_03", ("none",), 0.0),  # exclusive
        ("none=0;otherwise=3", "LEG_1_03", ("evidence",), 3.0),
        ("none=0;otherwise=3", "LEG_1_03", ("none",), 0.0),
        ("rows>=2=3;rows>=1=2;rows<1=0", "LEG_1_04", ({"offence": "group"},), 2.0),
        ("rows>=1=2;rows<1=0", "LEG_1_04", ({"offence": ""},), 0.0),  # an empty row is none
    ],
)
def test_an_answer_scores_by_the_first_part_that_holds(pack, rule, question, value, score):
    asked = load_pack(pack.folder).question[question]
    assert parse_score(rule).score(value, asked) == score


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("yes", "ends in = and a score"),
        ("yes=five", "ends in = and a score"),
        ("yes=5", "between 0 and 4"),
        ("yes=-1", "between 0 and 4"),
        ("<=x=4", "sign and a number"),
        ("yes=4;yes=2", "twice"),
        ("otherwise=2;yes=4", "ever reached"),
    ],
)
def test_a_score_that_cannot_be_read_is_refused_with_the_reason(text, reason):
    with pytest.raises(UnreadableScore, match=reason) as raised:
        parse_score(text)
    assert raised.value.remedy


def offence_table(group: str) -> tuple[dict[str, str | float], ...]:
    return ({"offence": "group", "covered": group}, {"offence": "laundering", "covered": "no"})


@pytest.mark.parametrize(
    ("requirement", "value", "verdict"),
    [
        ("UNTOC_18_01", "yes", Verdict.MET),
        ("UNTOC_18_01", "partly", Verdict.PARTLY),
        ("UNTOC_18_01", "no", Verdict.NOT_MET),
        ("UNTOC_18_01", None, Verdict.UNKNOWN),
        ("UNTOC_18_01", "", Verdict.UNKNOWN),
        ("UNTOC_18_03", ("evidence", "service"), Verdict.MET),
        ("UNTOC_18_03", ("service",), Verdict.NOT_MET),
        ("UNTOC_18_03", ("none",), Verdict.NOT_MET),
        ("UNTOC_18_03", (), Verdict.UNKNOWN),
        ("UNTOC_05_01", offence_table("yes"), Verdict.MET),
        ("UNTOC_06_01", offence_table("yes"), Verdict.NOT_MET),
        ("UNTOC_05_01", offence_table(""), Verdict.UNKNOWN),  # a blank cell is no failure
        ("UNTOC_05_01", ({"offence": "laundering", "covered": "no"},), Verdict.UNKNOWN),
        ("UNTOC_18_13", 180.0, Verdict.MET),
        ("UNTOC_18_13", 181.0, Verdict.NOT_MET),
    ],
)
def test_an_answer_decides_a_paragraph(pack, requirement, value, verdict):
    loaded = load_pack(pack.folder)
    paragraph = loaded.requirement[requirement]
    assert decided(value, loaded.question[paragraph.question], paragraph) is verdict
