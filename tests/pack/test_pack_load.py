"""Loading a pack: what it becomes, what it costs, and that a pack with faults never loads."""

from pathlib import Path

import pytest

from assessments.errors import PackFault, UnknownPack
from assessments.pack.load import find_pack, list_packs, load_pack, pack_digest
from assessments.pack.model import QuestionType, Tier
from assessments.paths import QUESTIONNAIRES

real = pytest.mark.skipif(
    not (QUESTIONNAIRES / "cooperation" / "survey.csv").is_file(),
    reason="the pack cooperation has no survey here",
)


def test_the_small_pack_is_sound(pack):
    report = pack.check()
    assert [str(problem) for problem in report.problems] == []
    assert (report.questions, report.requirements, report.interventions) == (10, 6, 2)
    assert report.mandatory_unasked == ()
    assert report.workload["CA"] == {
        "fast_track": 0, "core": 8, "standard": 10, "deep": 10,
    }  # fmt: skip
    assert report.workload["PROS"] == {
        "fast_track": 0, "core": 2, "standard": 2, "deep": 2,
    }  # fmt: skip


def test_a_loaded_pack_holds_what_the_tables_say(pack):
    loaded = load_pack(pack.folder)
    law = loaded.question["LEG_1_02"]
    assert (law.type, law.institutions, law.lead) == (
        QuestionType.SELECT_ONE,
        ("CA", "PROS"),
        "CA",
    )
    assert (law.weight, law.knockout, law.existence, law.tier) == (3.0, True, True, Tier.CORE)
    assert [choice.name for choice in law.choices] == ["yes", "partly", "no"]
    level = loaded.question["LEG_1_01"]
    assert level.is_level
    assert [(c.name, str(c.label)) for c in level.choices][4] == ("4", "Tested")
    table = loaded.question["LEG_1_04"]
    assert (table.type, table.row_key) == (QuestionType.TABLE, "offence")
    assert [column.name for column in table.columns] == ["offence", "covered"]
    assert loaded.question["LEG_1_03"].choices[2].exclusive
    assert loaded.tailoring[1].interventions == ("INT_002",)  # type:training, expanded
    assert loaded.dimension["CTX"].context
    assert loaded.languages == ("en",)
    assert loaded.method is not None
    assert loaded.method.target("LEG-1").value == 4
    assert loaded.method.target("LEG-1", "low").value == 2
    assert loaded.method.target("OPS-1", "low").value == 3


def test_a_pack_with_faults_never_loads_and_names_them_all(pack):
    pack.set("survey.csv", "LEG_1_02", "lead", "FIU")
    pack.set("interventions.csv", "INT_002", "months_min", "12")
    with pytest.raises(PackFault) as raised:
        load_pack(pack.folder)
    codes = {problem.code for problem in raised.value.problems}
    assert codes == {"lead-not-asked", "range-upside-down"}


def test_an_edit_is_seen_at_once(pack):
    before = load_pack(pack.folder)
    assert load_pack(pack.folder) is before
    pack.set("survey.csv", "LEG_1_02", "label::English (en)", "Is there a statute?")
    after = load_pack(pack.folder)
    assert str(after.question["LEG_1_02"].label) == "Is there a statute?"
    assert after.digest != before.digest


def test_the_digest_ignores_line_ends_and_byte_order_mark(pack):
    before = pack_digest(pack.folder)
    path = pack.folder / "survey.csv"
    content = path.read_bytes().replace(b"\r\n", b"\n")
    path.write_bytes(b"\xef\xbb\xbf" + content)
    assert pack_digest(pack.folder) == before
    assert load_pack(pack.folder).question["LEG_1_02"].row == 2


def test_a_form_without_framework_loads_and_scores_nothing(pack):
    """A third party's XLSForm: plain `label`, no institutions, no framework."""
    pack.only_form()
    pack.write("settings.csv", [["form_id", "form_title"], ["visit", "Visit of a prison"]])
    pack.write(
        "choices.csv", [["list_name", "name", "label"], ["yn", "y", "Yes"], ["yn", "n", "No"]]
    )
    pack.write(
        "survey.csv",
        [
            ["type", "name", "label", "relevant", "appearance"],
            ["start", "start", "", "", ""],
            ["begin_group", "cells", "Cells", "${seen} = 'y'", ""],
            ["integer", "count", "How many cells?", "${open} = 'y'", ""],
            ["end_group", "", "", "", ""],
            ["select_one yn", "seen", "Were cells seen?", "", "minimal"],
            ["select_one yn", "open", "Were they open?", "", ""],
        ],
    )
    loaded = load_pack(pack.folder)
    assert loaded.method is None
    assert [question.name for question in loaded.questions] == ["count", "seen", "open"]
    assert all(question.score is None for question in loaded.questions)
    assert [q.name for q in loaded.asked_of("RESP")] == ["count", "seen", "open"]
    count = loaded.question["count"].relevant
    assert count is not None
    assert count.holds({"seen": "y", "open": "y"})
    assert not count.holds({"seen": "n", "open": "y"})  # the group's rule counts too


@real
def test_an_unknown_pack_lists_the_known_ones(tmp_path):
    with pytest.raises(UnknownPack, match="cooperation") as raised:
        find_pack("co-operation")
    assert raised.value.exit_status == 2
    with pytest.raises(UnknownPack):
        find_pack(tmp_path)  # a folder without tables


def test_a_pack_is_found_by_folder(pack):
    assert find_pack(pack.folder) == pack.folder.resolve()
    assert find_pack(str(pack.folder)) == pack.folder.resolve()


@real
def test_the_pack_cooperation_is_sound_and_asks_every_mandatory_paragraph():
    from assessments.pack.check import check_pack

    report = check_pack("cooperation")
    assert [str(problem) for problem in report.problems if problem.severity == "file"] == []
    assert report.mandatory_unasked == ()
    assert "cooperation" in list_packs()


@real
def test_every_sub_dimension_of_cooperation_has_an_intervention_or_a_reason():
    loaded = load_pack(Path(QUESTIONNAIRES / "cooperation"))
    served = {code for offer in loaded.interventions for code in offer.sub_dimensions}
    bare = [s.code for s in loaded.sub_dimensions if s.code not in served]
    assert all(loaded.sub_dimension[code].no_intervention_reason for code in bare)
    assert len(loaded.sub_dimensions) == 46
