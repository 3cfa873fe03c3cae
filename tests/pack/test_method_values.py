"""The values of a method one by one, as the notebooks' tables of judgements show them."""

from assessments.pack.load import load_pack
from assessments.pack.method_values import method_values


def test_a_value_stands_once_and_how_its_reason_is_told_is_no_value() -> None:
    """The knock-out has two values, and a reason in four languages that nobody has reviewed."""
    method = load_pack("cooperation").method
    assert method is not None
    assert method.knockout.unreviewed
    paths = [one.path for one in method_values(method, "knockout")]
    assert sorted(paths) == ["knockout.cap", "knockout.fails_at"]
    everything = [one.path for one in method_values(method)]
    assert not [path for path in everything if "unreviewed" in path or "reason" in path]
