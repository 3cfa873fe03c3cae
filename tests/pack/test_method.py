"""A method that cannot be defended is refused: every fault named, with its line, all at once."""

import pytest

from assessments.errors import Mistake
from assessments.pack.load import load_pack
from assessments.pack.method import AggregationName
from assessments.pack.method_file import with_values
from assessments.pack.sums import parse_sum
from assessments.results import AnswerState

FAULTS = [
    ('LEG = { value = 1, reason = "r" }', 'LEG = { value = -1, reason = "r" }',
     "negative-weight", "weights.dimension.LEG"),
    ('LEG = { value = 1, reason = "r" }', "LEG = { value = 1 }",
     "missing-reason", "weights.dimension.LEG"),
    ('LEG = { value = 1, reason = "r" }', 'LEG = { value = 1, reason = "  " }',
     "missing-reason", "weights.dimension.LEG"),
    ('LEG = { value = 1, reason = "r" }\n', "", "missing-weight", "weights.dimension.LEG"),
    ('LEG = { value = 1, reason = "r" }', 'LAW = { value = 1, reason = "r" }',
     "unknown-dimension", "weights.dimension.LAW"),
    ("overrides = { OPS-1 =", "overrides = { OPS-9 =", "unknown-sub-dimension", "OPS-9"),
    ("sub_dimension = { LEG-1 =", "sub_dimension = { LEG-7 =", "unknown-sub-dimension", "LEG-7"),
    ("low = { LEG-1 =", "low = { LEG-8 =", "unknown-sub-dimension", "LEG-8"),
    ('comes_first = ["LEG-1"]', 'comes_first = ["LEG-3"]', "unknown-sub-dimension", "OPS-1"),
    ('comes_first = ["LEG-1"]', 'comes_first = ["OPS-1"]', "circular-dependency", "OPS-1"),
    ("floor = { value = 0.6", "floor = { value = 1.6", "wrong-value", "coverage.floor.value"),
    ("cap = 3", "cap = 7", "wrong-value", "existence.cap"),
    ("[small_numbers]\n", "[small_numbers]\nfoo = 1\n", "unknown-key", "small_numbers.foo"),
    ('top = { value = 5, reason = "r" }\n', "", "missing-value", "simulation.top"),
    ('"funded_use"', '"funded"', "unknown-evidence-class", "existence.lifted_by"),
    ('value = "CTX_1_02"', 'value = "CTX_1_09"', "unknown-question", "national_priority"),
    ('sub_dimension = "CTX-1"', 'sub_dimension = "CTX-9"', "unknown-sub-dimension", "high_demand"),
    ('numerator = "${OPS_1_04}"', 'numerator = "${OPS_9}"', "unknown-question", "rates.executed"),
    ('numerator = "${OPS_1_04}"', 'numerator = "${LEG_1_02}"', "not-a-number", "rates.executed"),
    ('numerator = "${OPS_1_04}"', 'numerator = "OPS_1_04 / 2"', "unsupported-rule", "numerator"),
    ('default = { value = "weighted_mean"', 'default = { value = "pefa_m2"',
     "undocumented-aggregation", "aggregation.default"),
    ("from_month = 6", "from_month = 3", "phases", "design.phases"),
    ("version =", "version", "not-toml", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "column"), FAULTS)
def test_a_fault_of_the_method_is_named(pack, old, new, code, column):
    pack.method(old, new)
    hits = [problem for problem in pack.check().problems if problem.code == code]
    assert hits, [str(problem) for problem in pack.check().problems]
    assert hits[0].file == "method.toml"
    assert column in hits[0].column
    assert hits[0].remedy


def test_the_line_of_a_fault_is_named(pack):
    pack.method("floor = { value = 0.6", "floor = { value = 1.6")
    lines = (pack.folder / "method.toml").read_text(encoding="utf-8").splitlines()
    (fault,) = [p for p in pack.check().problems if p.code == "wrong-value"]
    assert fault.row is not None
    assert lines[fault.row - 1].startswith("floor = ")


def test_weights_that_sum_to_nothing_are_named(pack):
    for code in ("LEG", "OPS"):
        pack.method(f"{code} = {{ value = 1,", f"{code} = {{ value = 0,")
    codes = [problem.code for problem in pack.check().problems]
    assert codes == ["weights-sum-to-nothing"]


def test_sub_dimension_weights_of_one_dimension_that_sum_to_nothing_are_named(pack):
    pack.method("OPS-1 = { value = 1.5,", "OPS-1 = { value = 0,")
    (fault,) = pack.check().problems
    assert fault.code == "weights-sum-to-nothing"
    assert "«OPS»" in fault.message


def test_all_faults_of_a_method_are_named_at_once(pack):
    pack.method('LEG = { value = 1, reason = "r" }', "LEG = { value = -1 }")
    pack.method("overrides = { OPS-1 =", "overrides = { OPS-9 =")
    pack.method("cap = 3", "cap = 7")
    codes = {problem.code for problem in pack.check().problems}
    assert codes == {
        "negative-weight",
        "missing-reason",
        "unknown-sub-dimension",
        "wrong-value",
    }


def test_the_method_says_what_each_state_target_and_aggregation_is(pack):
    method = load_pack(pack.folder).method
    assert method is not None
    assert method.counts(AnswerState.WITHHELD)
    assert not method.counts(AnswerState.NOT_APPLICABLE)
    assert method.aggregation_of("LEG-1").value is AggregationName.WEIGHTED_MEAN
    assert method.weight_of("OPS-1").value == 1.5
    assert method.weight_of("LEG-1").value == 1.0
    assert method.dimension_weight("CTX") == 0.0


def test_a_trial_changes_one_value_and_says_so(pack):
    method = load_pack(pack.folder).method
    tried = with_values(method, {"weights.LEG": 2, "coverage.floor": "0.5"})
    assert tried.dimension_weight("LEG") == 2.0
    assert tried.coverage.floor.value == 0.5
    assert tried.weights.dimension["LEG"].reason == "trial: set to 2"
    assert method.dimension_weight("LEG") == 1.0
    assert with_values(method, {"weights.LEG-1": 3}).weight_of("LEG-1").value == 3.0


def test_a_trial_that_cannot_be_is_refused_with_every_setting(pack):
    method = load_pack(pack.folder).method
    with pytest.raises(Mistake, match=r"weights\.LAW.*coverage\.ceiling") as raised:
        with_values(method, {"weights.LAW": 2, "coverage.ceiling": 1})
    assert raised.value.exit_status == 2
    with pytest.raises(Mistake, match=r"weights\.dimension\.LEG"):
        with_values(method, {"weights.LEG": -2})


def test_a_sum_has_no_value_where_a_part_is_missing():
    total = parse_sum("${A} + ${B} - ${C}")
    assert total.names == {"A", "B", "C"}
    assert total.value({"A": 5.0, "B": 2.0, "C": 3.0}) == 4.0
    assert total.value({"A": 5.0, "B": 2.0}) is None
