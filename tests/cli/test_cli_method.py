"""`tana method`: a change is tried without touching anything, and adopted under a name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from command import Tana
from typer.testing import CliRunner
from workbooks import Mail

from assessments.cli.main import app
from assessments.pack.load import load_pack
from assessments.runner import STEPS
from assessments.settings import Settings
from assessments.store import open_store
from assessments.store.methods import adopted_methods
from flows.own_pack import own_pack, pack_with

TRIAL = 'dict[str, float] = {\\"targets.default\\": 2}'
SHIPPED = Path(load_pack("cooperation").folder) / "method.toml"


def test_the_selfcheck_says_that_the_m2_table_is_unverified(tana: Tana) -> None:
    said = tana("method", "selfcheck")
    assert said.status == 0
    assert "PEFA M2: 65 rows, 0 differ" in said.out
    assert "unverified" in said.out
    assert tana("method", "selfcheck", "--json").document["asem"] is None


def test_a_folder_without_the_index_is_a_mistake(tana: Tana, tmp_path: Path) -> None:
    said = tana("method", "selfcheck", "--asem", tmp_path, "--json")
    assert said.status == 2
    assert "ASEM_Normalised.csv" in said.document["message"]


def test_a_trial_names_what_it_changed_and_touches_nothing(tana: Tana) -> None:
    before = tana.state()
    said = tana("method", "try", "--set", "targets.default=2", "--json")
    assert said.status == 0, said.err
    [changed] = said.document["changed"]
    assert (changed["path"], changed["before"], changed["after"]) == ("targets.default", 3, 2)
    [country] = said.document["countries"]
    assert (country["iso3"], country["error"]) == ("XAA", "")
    for move in country["moves"]:  # a lower target never widens a gap, and moves no level
        assert move["level_before"] == move["level_after"]
        assert move["gap_after"] <= move["gap_before"]
    assert tana.state() == before


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("weights.LEG=-1", "weights.dimension.LEG.value» is -1"),
        ("weights.XX-1=2", "«XX-1» is no sub-dimension"),
        ("weights.LGE=2", "«weights.LGE» is no value of the method"),
        ("weights.LEG", "sets nothing"),
        ("coverage.floor=1.5", "coverage.floor"),
        ("simulation.draws=0", "simulation.draws"),
        ("design.months=0", "design.months"),
    ],
)
def test_a_setting_that_cannot_be_is_a_mistake(tana: Tana, setting: str, message: str) -> None:
    said = tana("method", "try", "--set", setting)
    assert said.status == 2
    assert message in said.err


def test_weights_that_sum_to_nothing_are_a_mistake(tana: Tana) -> None:
    zeros = [w for c in ("STR", "OPS", "LEG", "HUM", "TEC", "COO") for w in ("--set", f"{c}=0")]
    said = tana("method", "try", *(w if w == "--set" else f"weights.{w}" for w in zeros))
    assert said.status == 2
    assert "sum to nothing" in said.err


def test_a_method_file_without_a_reason_is_refused_with_its_line(
    tana: Tana, tmp_path: Path
) -> None:
    text = SHIPPED.read_text("utf-8")
    kept = text.split("[knockout]")[0]
    cut = text.replace('reason = "Where a knock-out fails', 'source = "Where a knock-out fails', 1)
    cut = cut.replace('source = "INL Criminal', '# source = "INL Criminal', 1)
    file = tmp_path / "changed.toml"
    file.write_text(cut, "utf-8")
    said = tana("method", "try", "--method", file, "--json")
    assert said.status == 1
    [problem] = said.document["problems"]
    assert problem["code"] == "missing-reason"
    assert problem["row"] == kept.count("\n") + 1


def test_changed_notebooks_are_tried_on_a_store_that_is_found_beside_the_project(
    opened: tuple[Tana, Mail], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No TANA_HOME is set, as on an analyst's machine; what the copies change is named."""
    shutil.copytree(opened[0].home, tmp_path / ".tana")
    (tmp_path / "tana.toml").write_text("", "utf-8")
    mine = tmp_path / "mine"
    mine.mkdir()
    for step in STEPS:
        text = step.notebook.read_text("utf-8")
        (mine / step.notebook.name).write_text(
            text.replace("dict[str, float] = {}", TRIAL), "utf-8"
        )
    monkeypatch.delenv("TANA_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(app, ["method", "try", "--notebooks", str(mine), "--json"])
    assert said.exit_code == 0, said.stderr
    [country] = json.loads(said.stdout)["countries"]
    assert (country["iso3"], country["error"]) == ("XAA", "")
    assert not list((tmp_path / ".tana").glob("trial_*"))


def test_adopting_needs_a_name_and_a_reason(tana: Tana) -> None:
    said = tana("method", "adopt", "--set", "weights.LEG=2", "--by", " ", "--because", "x")
    assert said.status == 2
    assert "named person" in said.err
    assert tana("method", "adopt", "--by", "A", "--because", "x").status == 2


def test_an_adopted_method_changes_what_runs_rest_on_and_keeps_the_old_one(
    fresh: tuple[Tana, Mail], monkeypatch: pytest.MonkeyPatch
) -> None:
    tana, _ = fresh
    monkeypatch.setenv("TANA_HOME", str(tana.home))
    shipped = load_pack("cooperation")
    for weight, because in ((2, "Pilot of the first country."), (1.5, "Second thoughts.")):
        said = tana(
            "method", "adopt", "--set", f"weights.LEG={weight}",
            "--by", "Head of analysis", "--because", because, "--json",
        )  # fmt: skip
        assert said.status == 0, said.err
    with open_store(Settings(home=tana.home)) as store:
        opened = store.assessment("XAA", "2026")
        first, second = adopted_methods(store, "cooperation")
        assert store.verify().ok
        assert store.audit()[-1].who == "Head of analysis"
    now = own_pack(opened)
    assert now.method is not None
    assert now.method.dimension_weight("LEG") == 1.5
    assert now.method.weights.dimension["LEG"].reason == "Second thoughts."
    assert now.method.version == second.version != first.version
    assert now.digest != shipped.digest  # so that run keys change
    assert now.questions == shipped.questions
    assert "# The method of record" in second.toml  # comments stay
    assert own_pack(opened, shipped.digest).digest == shipped.digest
    earlier = pack_with(shipped, first)
    assert earlier.method is not None
    assert earlier.method.dimension_weight("LEG") == 2
    assert own_pack(opened, earlier.digest).method == earlier.method  # a run made with it
    folders = {folder.name for folder in (tana.home / "methods").iterdir()}
    assert folders == {f"cooperation_{one.digest[:16]}" for one in (now, earlier)}


def test_an_adopted_method_stays_of_record_when_the_tables_of_the_pack_change(
    fresh: tuple[Tana, Mail], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tana, _ = fresh
    monkeypatch.setenv("TANA_HOME", str(tana.home))
    copy = tmp_path / "cooperation"
    shutil.copytree(SHIPPED.parent, copy)
    said = tana("method", "adopt", "--set", "weights.LEG=2", "--by", "A", "--because", "B")
    assert said.status == 0
    with open_store(Settings(home=tana.home)) as store:
        opened = store.assessment("XAA", "2026").model_copy(update={"pack_folder": str(copy)})
    before = own_pack(opened)
    table = copy / "contradictions.csv"
    table.write_text("".join(table.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    after = own_pack(opened)
    assert after.digest != before.digest
    assert after.method == before.method
    assert (
        own_pack(opened, before.digest).digest == before.digest
    )  # an older run still finds its own
