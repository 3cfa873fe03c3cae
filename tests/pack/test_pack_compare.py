"""Two versions of a pack, question by question."""

import shutil

from assessments.pack.compare import compare_packs
from assessments.pack.load import load_pack


def test_added_removed_and_changed_questions_are_named(pack, tmp_path):
    shutil.copytree(pack.folder, tmp_path / "old")
    old = load_pack(tmp_path / "old")
    pack.set("settings.csv", "small", "version", "2")
    pack.set("survey.csv", "OPS_1_07", "score", "<=30=4;>30=1")
    pack.set("survey.csv", "OPS_1_03", "label::English (en)", "Requests received last year")
    pack.set("choices.csv", "service", "name", "serving")
    pack.add("survey.csv", type="text", name="OPS_1_09", label="Why?", dimension="OPS",
             sub_dimension="OPS-1", institutions="CA", lead="CA", tier="deep")  # fmt: skip
    difference = compare_packs(old, load_pack(pack.folder))
    assert (difference.old, difference.new) == ("small 1", "small 2")
    assert difference.added == ("OPS_1_09",)
    assert difference.removed == ()
    changed = {(change.question, change.aspect): change for change in difference.changed}
    assert set(changed) == {
        ("LEG_1_03", "choices"),
        ("OPS_1_03", "label"),
        ("OPS_1_07", "score"),
    }
    assert changed["OPS_1_03", "label"].after == "Requests received last year"
    assert changed["OPS_1_07", "score"].before == "<=60=4;<=120=3;>120=0"
    assert difference.comparable == {"OPS_1_07"}  # the same answer, scored otherwise


def test_a_removed_question_is_named(pack, tmp_path):
    shutil.copytree(pack.folder, tmp_path / "old")
    pack.drop("requirements.csv", "UNTOC_18_13")
    pack.drop("survey.csv", "OPS_1_07")
    new = load_pack(pack.folder)
    assert compare_packs(load_pack(tmp_path / "old"), new).removed == ("OPS_1_07",)
