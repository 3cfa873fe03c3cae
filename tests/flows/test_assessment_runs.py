"""One country through the real flows, Prefect server and notebooks; then all that can change.

One server serves the whole module, because its first start takes twenty seconds. The tests share
one assessment; each leaves the run that stood before, but the last, which corrects an answer.
"""

from __future__ import annotations

import csv
import json
import os
import re
import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from typer.testing import CliRunner

from assessments import paths
from assessments.cli.main import app
from assessments.errors import RunFailed, StoreFault, UnknownRound
from assessments.pack.load import load_pack
from assessments.pack.model import QuestionType, Tier
from assessments.results import AnswersReview, Priorities, ProjectDesign, Scores, Value
from assessments.runner import STEPS
from assessments.settings import Settings
from assessments.store import Approval, Run, open_store
from assessments.trace_index import index_results
from assessments.workbook.fill import HEADER, fill_workbook

COUNTRY, ROUND = "XAA", "2026"
INSTITUTIONS = ("CA", "COORD", "MOJ")
ALL_STEPS = tuple(step.name for step in STEPS)
FORMULA = "=HYPERLINK(1)"
MODELS: dict[str, type[Value]] = {
    "answers_review": AnswersReview,
    "scores": Scores,
    "priorities": Priorities,
    "project_design": ProjectDesign,
}


@dataclass(frozen=True)
class House:
    """The home of this module, with what was sent out and what came back."""

    home: Path
    sent: dict[str, Path]
    answers: dict[str, Path]

    def assess(self, **given: str) -> Any:
        """The flow, as `tana assess` runs it."""
        from flows.assess_country import assess_country

        return assess_country(COUNTRY, ROUND, **given)

    def receive(self, *files: Path) -> Any:
        """The flow, as the demo runs it."""
        from flows.receive_workbooks import receive_workbooks

        return receive_workbooks(list(files), by="registry")

    def run(self) -> Run:
        with open_store(Settings(home=self.home)) as store:
            run = store.latest_run(COUNTRY, ROUND)
        assert run is not None
        return run

    def approval(self) -> Approval | None:
        with open_store(Settings(home=self.home)) as store:
            return store.approval(COUNTRY, ROUND)

    def tana(self, *words: object) -> tuple[int, Any]:
        """Exit status of a command with --json, and its document."""
        said = CliRunner().invoke(app, [*map(str, words), "--json"])
        assert said.exception is None or isinstance(said.exception, SystemExit), said.exception
        return said.exit_code, json.loads(said.stdout)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """XAA with the answers of three institutions, assessed once.

    The user's own PREFECT_API_URL points nowhere: that the flows run shows that it is set aside.
    """
    before = dict(os.environ)
    home = tmp_path_factory.mktemp("flows") / "home"
    os.environ["PREFECT_API_URL"] = "http://127.0.0.1:9/api"
    from flows.prefect_home import settle_prefect
    from flows.prefect_server import start_server

    settings = Settings(home=home)
    settle_prefect(settings)
    server_answers = start_server(settings.prefect)
    try:
        made = _answered(home)
        server_answers()
        receipts = made.receive(*(_filled(made, code) for code in INSTITUTIONS))
        assert all(receipt.accepted for receipt in receipts)
        assert made.assess().recomputed == ALL_STEPS
        yield made
    finally:
        os.environ.clear()
        os.environ.update(before)


def _answered(home: Path) -> House:
    from flows.build_questionnaires import build_questionnaires

    sent = build_questionnaires(
        COUNTRY, ROUND, home / "sent", institutions=INSTITUTIONS, tier="deep", language="en"
    )
    answers = {code: _answers(code, home / f"{code}.csv") for code in INSTITUTIONS}
    return House(home, dict(zip(INSTITUTIONS, sent, strict=True)), answers)


def _answers(code: str, target: Path) -> Path:
    """The example's answers, with one text that a spreadsheet would take for a formula."""
    pack = load_pack("cooperation")
    asked = {question.name: question for question in pack.asked_of(code)}
    with (paths.EXAMPLES / COUNTRY / f"{code}.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    texts = [name for name, item in asked.items() if item.type is QuestionType.TEXT]
    lines = [line for line in lines if line["question"] not in texts[:1]]
    lines += [
        dict.fromkeys(HEADER, "") | {"question": name, "value": FORMULA} for name in texts[:1]
    ]
    return _write(lines, target)


def _write(lines: list[dict[str, str]], target: Path) -> Path:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(lines)
    return target


def _filled(house: House, code: str, answers: Path | None = None, name: str = "") -> Path:
    target = house.home / "back" / (name or house.sent[code].name)
    target.parent.mkdir(exist_ok=True)
    return fill_workbook(house.sent[code], answers or house.answers[code], target)


# --- what a run leaves ------------------------------------------------------------------------


def test_four_results_are_kept_and_keep_their_contract(house: House) -> None:
    run = house.run()
    assert set(run.results) == {*MODELS, *(f"public_{name}" for name in MODELS)}
    results = _results(run, "")
    review = results["answers_review"]
    assert isinstance(review, AnswersReview)
    assert {item.institution for item in review.respondents} == set(INSTITUTIONS)
    assert {"POL", "PROS"} <= set(review.silent)
    executed = sorted(path.name for path in house.home.glob("runs/XAA_2026/*/*/*.ipynb"))
    assert executed == sorted(f"{name}.ipynb" for name in ALL_STEPS)


def test_second_assess_recomputes_nothing_and_says_so(house: House) -> None:
    before = house.run()
    status, outcome = house.tana("assess", COUNTRY, "--round", ROUND)
    assert status == 0
    assert (outcome["recomputed"], outcome["reused"]) == ([], list(ALL_STEPS))
    assert house.run().key == before.key == outcome["run"]
    said = CliRunner().invoke(app, ["assess", COUNTRY, "--round", ROUND])
    assert "nothing, all results still hold" in said.stdout


def test_status_says_who_answered_and_that_the_run_is_current(house: House) -> None:
    status, document = house.tana("status")
    (line,) = document["assessments"]
    assert status == 0
    assert line["answered"] == sorted(INSTITUTIONS)
    assert line["run_state"].endswith(" current")
    assert 0 < line["coverage"] < 1


# --- what changes a run -----------------------------------------------------------------------


@pytest.fixture
def notebooks(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, str, str], None]:
    """Change all cells after the parameters, `notebooks(NAME, PATTERN, AFTER)`, in a copy."""
    copy = tmp_path / "notebooks"
    shutil.copytree(paths.NOTEBOOKS, copy)
    monkeypatch.setattr(paths, "NOTEBOOKS", copy)

    def change(name: str, pattern: str, after: str) -> None:
        path = copy / f"{name}.ipynb"
        document = json.loads(path.read_text(encoding="utf-8"))
        cells = [cell for cell in document["cells"] if cell["cell_type"] == "code"]
        found = 0
        for cell in cells[1:]:
            source, count = re.subn(pattern, after, "".join(cell["source"]), count=1)
            cell["source"], found = source, found + count
        assert found, f"{name} has no {pattern}"
        path.write_text(json.dumps(document), encoding="utf-8")

    return change


WHOLE = r"\A[\s\S]+\Z"  # of a cell


def test_changed_notebook_recomputes_what_rests_on_it_and_reuses_the_rest(
    house: House, notebooks: Callable[[str, str, str], None]
) -> None:
    """A remark changes the notebook but not its result: what reads the result still holds."""
    before = house.run().key
    notebooks("3_set_priorities", r"\A", "# A remark of an analyst\n")
    outcome = house.assess()
    assert outcome.recomputed == ("3_set_priorities",)
    assert outcome.reused == ("1_check_answers", "2_score_gaps", "4_design_project")
    assert outcome.run != before


def test_changed_method_recomputes_and_the_old_one_is_there_again(
    house: House, tmp_path: Path
) -> None:
    before = house.assess().run
    changed = tmp_path / "cooperation"
    shutil.copytree(paths.QUESTIONNAIRES / "cooperation", changed)
    method = changed / "method.toml"
    method.write_text(method.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    outcome = house.assess(pack=str(changed))
    assert outcome.recomputed == ALL_STEPS
    assert outcome.run != before
    status, _ = house.tana("approve", COUNTRY, "--round", ROUND, "--by", "Head of unit")
    assert status == 0
    method.write_text(method.read_text(encoding="utf-8") + "# another\n", encoding="utf-8")
    _, document = house.tana("status")
    assert "the pack or its method has changed" in document["assessments"][0]["run_state"]
    assert document["assessments"][0]["approval"].startswith("void")
    status, refused = house.tana("report", COUNTRY, "--round", ROUND, "--out", tmp_path / "late")
    assert (status, refused["error"]) == (1, "NothingToAssess")
    back = house.assess()
    assert (back.run, back.recomputed) == (before, ())


BROKEN = {
    "raises": ("raise ValueError('a secret')", "raised ValueError"),
    "never ends": ("import time; time.sleep(60)", "more than 2 seconds"),
    "writes nothing": ("None", "without writing its result"),
    "writes another thing": (
        "import pathlib\npathlib.Path(result_path).write_text('{}')",
        "breaks its contract",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_notebook_fails_the_run_by_name_and_the_earlier_run_stands(
    case: str,
    house: House,
    notebooks: Callable[[str, str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = house.run().key
    cell, said = BROKEN[case]
    notebooks("4_design_project", WHOLE, cell)
    monkeypatch.setenv("TANA_CELL_SECONDS", "2")
    with pytest.raises(RunFailed, match=said) as error:
        house.assess()
    assert "4_design_project.ipynb" in error.value.message
    assert COUNTRY in error.value.message
    assert "secret" not in str(error.value)
    assert house.run().key == before


def test_broken_first_step_is_told_by_the_command_in_a_sentence(
    house: House, notebooks: Callable[[str, str, str], None]
) -> None:
    """Steps that need a failed one never start; what is told is what failed."""
    before = house.run().key
    notebooks("2_score_gaps", WHOLE, "raise ValueError('a secret')")
    status, document = house.tana("assess", COUNTRY, "--round", ROUND)
    assert status == 1
    assert document["error"] == "RunFailed"
    assert "2_score_gaps.ipynb raised ValueError" in document["message"]
    assert house.run().key == before


def test_a_full_disk_is_told_and_what_was_begun_takes_no_room(
    house: House, notebooks: Callable[[str, str, str], None]
) -> None:
    """The system lets no file of this process grow beyond some kilobytes, as a quota does."""
    from flows.assess_steps import Asked, run_step, start_job

    notebooks("1_check_answers", r"\A", "# On a full disk\n")
    job = start_job.fn(COUNTRY, ROUND, Asked())
    with _small_files(20_000), pytest.raises(StoreFault, match="no room left") as error:
        run_step.fn(job, STEPS[0], [])
    assert "start the run again" in error.value.remedy
    assert not list(job.folder.glob("1_check_answers/*.part"))
    assert run_step.fn(job, STEPS[0], []).computed, "there is room again"


@contextmanager
def _small_files(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_two_runs_at_once_give_one_result(
    house: House, notebooks: Callable[[str, str, str], None]
) -> None:
    notebooks("2_score_gaps", r"\A", "# Two at once\n")
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = [future.result() for future in [pool.submit(house.assess) for _ in range(2)]]
    assert outcomes[0].run == outcomes[1].run == house.run().key
    assert not list(house.home.glob(f"runs/XAA_2026/2_score_gaps/{_key(house)}*.part"))
    assert house.assess().recomputed == ()


def _key(house: House) -> str:
    return house.run().inputs["2_score_gaps"][:16]


# --- what is made of a run --------------------------------------------------------------------


def _results(run: Run, edition: str) -> dict[str, Value]:
    return {
        name: model.model_validate_json(run.results[edition + name])
        for name, model in MODELS.items()
    }


@pytest.mark.parametrize(("edition", "wish"), [("", ["--restricted"]), ("public_", [])])
def test_every_id_of_the_report_is_traced_to_cells_or_to_a_stated_end(
    house: House, tmp_path: Path, edition: str, wish: list[str]
) -> None:
    house.assess()
    status, made = house.tana("report", COUNTRY, *wish, "--out", tmp_path)
    assert status == 0
    printed = _bookmarks(Path(made["report"]))
    assert len(printed) > 200

    run, pack = house.run(), load_pack("cooperation")
    with open_store(Settings(home=house.home)) as store:
        answers = store.answers(COUNTRY, ROUND)
    index = index_results(pack, answers, *_results(run, edition).values())
    assert printed <= set(index.nodes), printed - set(index.nodes)
    one_a_kind: dict[str, str] = {}
    without_cells = set()
    for name in sorted(printed):
        reached = index.reach(name)
        if any(node.answer is not None for node in reached):
            one_a_kind.setdefault(reached[0].kind, name)
        else:
            without_cells.add(reached[0].kind)
        assert all(node.text or node.answer for node in reached), name
    # Nobody was asked what these rest on; their text says so. All else ends in a cell.
    assert without_cells <= {"requirement", "score", "profile", "risk", "indicator", "intervention"}
    assert {"budget_line", "activity", "output", "outcome", "gap", "answer"} <= set(one_a_kind)

    for name in one_a_kind.values():
        status, document = house.tana("trace", name, *wish)
        last = document["chain"][-1]
        assert (status, last["kind"]) == (0, "answer")
        assert len(last["workbook_sha256"]) == 64
        assert last["sheet"]
        assert re.fullmatch(r"[A-Z]+[0-9]+", last["cell"])


def _bookmarks(report: Path) -> set[str]:
    document = docx.Document(str(report))
    names = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    return {name for name in names if not name.startswith("_")}


def test_template_with_an_unknown_field_is_refused_and_the_old_report_stays(
    house: House, tmp_path: Path
) -> None:
    bad = tmp_path / "mine.docx"
    document = docx.Document()
    document.add_paragraph("Dear {{ no_such_field }}")
    document.save(str(bad))
    status, found = house.tana("report", "check-template", bad)
    assert (status, found["ok"]) == (1, False)
    assert any("no_such_field" in problem["message"] for problem in found["problems"])

    _, made = house.tana("report", COUNTRY, "--out", tmp_path)
    old = Path(made["report"]).read_bytes()
    status, refused = house.tana("report", COUNTRY, "--template", bad, "--out", tmp_path)
    assert status == 1
    assert "no_such_field" in json.dumps(refused)
    assert Path(made["report"]).read_bytes() == old


def test_language_nobody_wrote_the_report_in_is_named(house: House, tmp_path: Path) -> None:
    status, said = house.tana("report", COUNTRY, "--language", "xx", "--out", tmp_path)
    assert status == 2
    assert "xx" in said["message"]


def test_export_quotes_what_looks_like_a_formula(house: House, tmp_path: Path) -> None:
    status, made = house.tana("export", COUNTRY, "--to", "csv", "--restricted", "--out", tmp_path)
    assert status == 0
    tables = {Path(path).stem.split("_", 2)[2]: Path(path) for path in made["files"]}
    assert {name for name in tables if not name.startswith("list_")} == {
        "answers", "scores", "requirements", "gaps", "budget", "lists", "data_dictionary",
        "authorities", "documents",
    }  # fmt: skip
    assert "list_LEG_2_09" in tables
    cells = [
        value
        for path in tables.values()
        for line in csv.DictReader(path.open(encoding="utf-8-sig", newline=""))
        for value in line.values()
    ]
    assert f"'{FORMULA}" in cells
    assert not [value for value in cells if value[:1] in "=+@" and value]


def test_public_export_holds_no_secret_answer(house: House, tmp_path: Path) -> None:
    status, made = house.tana("export", COUNTRY, "--to", "csv", "--out", tmp_path)
    assert status == 0
    secret = {
        question.name
        for question in load_pack("cooperation").questions
        if question.sensitivity.value != "public"
    }
    (path,) = [Path(name) for name in made["files"] if name.endswith("_answers.csv")]
    lines = list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))
    assert lines
    assert not [line for line in lines if line["question"] in secret], "not even its state"


def test_the_demo_never_stands_beside_real_work(house: House, tmp_path: Path) -> None:
    from flows.demo import run_demo
    from flows.examples import OtherCountries

    settings = Settings(home=tmp_path / "real")
    with open_store(settings) as store:
        store.open_assessment("KEN", ROUND, "cooperation", "1", "digest")
    with pytest.raises(OtherCountries, match="KEN") as error:
        run_demo(settings, None, lambda: None)
    assert "TANA_HOME" in error.value.remedy
    assert not (tmp_path / "real" / "demo").exists()


# --- last: approval, a correction, and what holds in the end ----------------------------------


def test_approval_binds_to_the_run_and_a_correction_voids_it_and_recomputes(
    house: House, tmp_path: Path
) -> None:
    house.assess()
    run = house.run().key
    status, said = house.tana("approve", COUNTRY, "--round", ROUND, "--by", "Head of unit")
    assert (status, said["run"], said["valid"]) == (0, run, True)

    with house.answers["COORD"].open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    levels = {item.name for item in load_pack("cooperation").questions if item.is_level}
    line = next(line for line in lines if line["question"] in levels)
    line["value"] = "0" if line["value"] != "0" else "4"
    corrected = _write(lines, tmp_path / "COORD.csv")
    (receipt,) = house.receive(_filled(house, "COORD", corrected, "COORD corrected.xlsx"))
    assert (receipt.accepted, receipt.version) == (True, 2)

    void = house.approval()
    assert void is not None
    assert (void.valid, void.name) == (False, "Head of unit")
    assert void.void_because
    _, document = house.tana("status")
    assert document["assessments"][0]["run_state"].endswith(
        "out of date: answers have changed since"
    )
    assert "void" in document["assessments"][0]["approval"]
    status, refused = house.tana("approve", COUNTRY, "--by", "Head of unit")
    assert status == 1
    assert "tana assess" in refused["remedy"]

    outcome = house.assess()
    assert {"1_check_answers", "2_score_gaps"} <= set(outcome.recomputed)
    assert outcome.run != run


def test_an_ad_hoc_request_goes_from_the_short_questionnaire_to_a_design_of_one_outcome(
    house: House, tmp_path: Path
) -> None:
    """The pack names the subset; the doubt that is printed counts what was asked and answered."""
    pack = load_pack("cooperation")
    short = [one.name for one in pack.questions if one.tier is Tier.FAST_TRACK]
    status, made = house.tana(
        *("questionnaire", "build", "--country", "XAB", "--round", ROUND, "--tier", "fast_track"),
        *("--institution", "CA", "--institution", "MOJ", "--language", "en", "--out", tmp_path),
    )
    assert status == 0
    asked = {one.name for code in ("CA", "MOJ") for one in pack.asked_of(code, Tier.FAST_TRACK)}
    assert asked < set(short)
    back = [_answered_briefly(Path(sent), asked) for sent in made["workbooks"]]
    assert all(receipt.accepted for receipt in house.receive(*back))

    status, outcome = house.tana("assess", "XAB", "--round", ROUND, "--fast-track")
    assert (status, outcome["recomputed"]) == (0, list(ALL_STEPS))
    status, again = house.tana("assess", "XAB", "--round", ROUND, "--fast-track")
    assert (status, again["run"], again["recomputed"]) == (0, outcome["run"], [])
    with open_store(Settings(home=house.home)) as store:
        run = store.run(outcome["run"])
        assert run is not None
        answered = {a.question for a in store.answers("XAB", ROUND) if a.value is not None}
    design = ProjectDesign.model_validate_json(run.results["project_design"])
    assert len(design.outcomes) == 1
    doubt = design.doubt
    assert f"{len(short)} of the {len(pack.questions)} questions of the pack" in doubt
    # what another institution leads and sent nothing on is heard from whom was asked instead
    assert f"{len(answered)} of them were answered" in doubt

    status, whole = house.tana("assess", "XAB", "--round", ROUND)
    assert (status, whole["recomputed"]) == (0, ["4_design_project"])
    assert whole["run"] != outcome["run"]


def _answered_briefly(sent: Path, asked: set[str]) -> Path:
    code = sent.stem.split("_")[-1]
    with (paths.EXAMPLES / "XAB" / f"{code}.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["question"] in asked]
    answers = _write(lines, sent.with_suffix(".csv"))
    return fill_workbook(sent, answers, sent.with_suffix(".back.xlsx"))


def test_a_region_gets_the_reports_that_its_runs_lack_written_by_other_processes(
    house: House,
) -> None:
    from flows.assess_region import assess_region
    from flows.build_questionnaires import build_questionnaires

    (sent,) = build_questionnaires(
        "XAB", ROUND, house.home / "sent", institutions=("CA",), tier="deep"
    )
    back = fill_workbook(sent, paths.EXAMPLES / "XAB" / "CA.csv", house.home / "back" / sent.name)
    assert all(receipt.accepted for receipt in house.receive(back))
    reports = house.home / "reports"
    wanted = [reports / f"{iso3}_{ROUND}_public_en.docx" for iso3 in (COUNTRY, "XAB")]

    # as the form asks: the view of the region is written first, and is no country's report
    assess_region([COUNTRY, "XAB"], ROUND, draft_report=True, country_reports=True)
    assert (reports / f"region_{COUNTRY}_XAB_{ROUND}_public_en.docx").is_file()
    assert all(path.is_file() for path in wanted)
    first = [path.stat().st_mtime_ns for path in wanted]
    with open_store() as store:  # begun while others were assessed, and not written once more
        of_xab = [one for one in store.reports("XAB", ROUND) if one.edition == "public"]
    assert [Path(one.path).name for one in of_xab if one.path.startswith(str(reports))] == [
        f"region_{COUNTRY}_XAB_{ROUND}_public_en.docx",
        wanted[1].name,
    ]

    assess_region([COUNTRY, "XAB"], ROUND, country_reports=True)
    assert [path.stat().st_mtime_ns for path in wanted] == first, "both runs have their report"

    wanted[1].unlink()
    assess_region([COUNTRY, "XAB"], ROUND, country_reports=True)
    assert wanted[1].is_file()
    assert wanted[0].stat().st_mtime_ns == first[0]


def test_a_report_begun_beside_an_assessment_is_there_or_is_tried_again(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    from flows.write_reports import ReportWriters

    caplog.set_level("INFO", "tana")

    folder = house.home / "begun"
    with ReportWriters(ROUND, folder) as writers:
        writers.at_once = 2  # of however many processors this machine has
        writers.begin(COUNTRY)
        assert writers.written() == {}, "for one alone no process is started"
        writers.begin("XAC")  # never opened
        assert [*writers.written()] == [COUNTRY]
        assert "XAC: its report was not written at first (No assessment of XAC" in caplog.text
        assert (folder / f"{COUNTRY}_{ROUND}_public_en.docx").is_file()
        with pytest.raises(UnknownRound, match="No assessment of XAC was opened"):
            list(writers.write_all(["XAC"]))
    with ReportWriters(ROUND, folder) as alone:
        alone.at_once = 1
        alone.begin(COUNTRY)
        assert alone.written() == {}, "one processor is left to the assessments"


def test_a_killed_writer_of_reports_costs_no_report(house: House) -> None:
    from flows.write_reports import ReportWriters

    folder = house.home / "killed"
    with ReportWriters(ROUND, folder) as writers:
        writers.at_once = 2
        for iso3 in (COUNTRY, "XAB"):
            writers.begin(iso3)
        for pid in list(writers.pool._processes):
            os.kill(pid, signal.SIGKILL)
        assert writers.written() == {}
        assert [iso3 for iso3, _ in writers.write_all([COUNTRY, "XAB"])] == [COUNTRY, "XAB"]
    assert len(list(folder.glob("*.docx"))) == 2


def test_a_report_that_cannot_be_written_is_named_by_the_process_that_tried(house: House) -> None:
    from flows.write_reports import write_country_reports

    with pytest.raises(UnknownRound, match="No assessment of XAC was opened"):
        list(write_country_reports([COUNTRY, "XAC"], ROUND, house.home / "both"))


def test_the_store_holds_together_after_everything(house: House) -> None:
    status, found = house.tana("db", "verify")
    assert (status, found["ok"]) == (0, True), found
