"""The four notebooks on a whole country and on one where one institution gave twelve answers."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from decimal import Decimal
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import altair as alt
import nbformat
import pytest
from desk import FULL, ROUND, SPARSE, Desk
from jsonschema import ValidationError

from assessments.design import design_project
from assessments.pack.model import Pack
from assessments.reference import networks_of_region
from assessments.results import Priorities, Scores, Value
from assessments.runner import STEPS, Step, as_tried, execute, look
from assessments.runner.material import load_material
from assessments.scoring import review_answers, score_assessment, set_priorities
from flows.compute import compute


def cells(step: Step) -> list[Any]:
    return list(nbformat.read(step.notebook, as_version=4).cells)


def defaults(step: Step) -> dict[str, Any]:
    """What the parameters cell sets, as an analyst finds it."""
    [cell] = [c for c in cells(step) if "parameters" in c.metadata.get("tags", [])]
    tree = ast.parse(cell.source)
    assigned = [node for node in tree.body if isinstance(node, ast.AnnAssign)]
    assert len(assigned) == len(tree.body)
    return {node.target.id: ast.literal_eval(node.value) for node in assigned}  # type: ignore


@pytest.fixture(scope="session", params=[FULL, SPARSE])
def executed(
    request: pytest.FixtureRequest, desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, Value], dict[str, Path]]:
    """All four notebooks, each on its own, with nothing set but the country."""
    iso3, results, files = request.param, {}, {}
    folder = tmp_path_factory.mktemp(f"run_{iso3}")
    for step in STEPS:
        given = defaults(step)
        assert given["iso3"] == FULL  # with nothing set, the demo's first country
        given["iso3"] = iso3
        assert given.pop("result_path") == ""
        files[step.name] = folder / f"{step.name}.ipynb"
        results[step.name] = execute(
            step.notebook,
            given,
            step.result,
            result_path=folder / f"{step.name}.json",
            executed=files[step.name],
            kernel=desk.kernel,
        )
    return iso3, results, files


def direct(pack: Pack, iso3: str) -> dict[str, Value]:
    """The same from the library, without a notebook."""
    material = load_material(iso3, ROUND, pack.id)
    scores = score_assessment(pack, material.country, material.answers, material.ref)
    priorities = set_priorities(pack, material.country, scores, material.answers)
    return {
        "1_check_answers": review_answers(
            pack, material.answers, material.respondents, material.ref
        ),
        "2_score_gaps": scores,
        "3_set_priorities": priorities,
        "4_design_project": design_project(
            pack,
            material.country,
            material.answers,
            scores,
            priorities,
            budget=None,
            regional_networks=networks_of_region(material.country),
        ),
    }


def test_its_json_equals_direct_library_calls(
    executed: tuple[str, dict[str, Value], dict[str, Path]], pack: Pack
) -> None:
    iso3, results, _ = executed
    for name, expected in direct(pack, iso3).items():
        assert json.loads(results[name].model_dump_json()) == json.loads(expected.model_dump_json())


@pytest.mark.parametrize("given", [{"budget": "400000"}, {"fast_track": True}])
def test_a_ceiling_and_a_fast_track_reach_the_library(
    given: dict[str, Any], executed: tuple[str, dict[str, Value], dict[str, Path]],
    desk: Desk, pack: Pack, tmp_path: Path,
) -> None:  # fmt: skip
    """What the mark below stands for holds for whatever an officer asks for."""
    iso3, _, files = executed
    step = STEPS[3]
    earlier = {
        one.passes_on_as: str(files[one.name].with_suffix(".json"))
        for one in STEPS
        if one.name in step.needs
    }
    asked = {name: value for name, value in defaults(step).items() if name != "result_path"}
    found = execute(
        step.notebook, asked | earlier | {"iso3": iso3} | given, step.result,
        result_path=tmp_path / "d.json", executed=tmp_path / "d.ipynb", kernel=desk.kernel,
    )  # fmt: skip
    budget = Decimal(given["budget"]) if "budget" in given else None
    material = load_material(iso3, ROUND, pack.id)
    library = compute(material, budget, fast_track="fast_track" in given).design
    assert found == library
    # or the test proves nothing; twelve answers propose no project
    assert iso3 == SPARSE or library != compute(material).design


def test_tried_notebooks_are_marked_and_a_changed_one_is_not(tmp_path: Path) -> None:
    """The test above is what the mark stands for: `make tried` sets it when that has passed."""
    for step in STEPS:
        assert as_tried(step.notebook), f"{step.name} was changed: make tried"
        copy = tmp_path / step.notebook.name
        document = json.loads(step.notebook.read_text(encoding="utf-8"))
        document["cells"][-1]["source"].insert(0, "# a remark\n")
        copy.write_text(json.dumps(document), encoding="utf-8")
        assert not as_tried(copy)


def outputs_of(file: Path) -> list[Any]:
    return [
        output
        for cell in nbformat.read(file, as_version=4).cells
        for output in cell.get("outputs", [])
    ]


def charts_of(file: Path) -> list[dict[str, Any]]:
    return [o.data[look.MIME] for o in outputs_of(file) if look.MIME in o.get("data", {})]


def chart_on(file: Path, headline: str) -> dict[str, Any]:
    """The rows of the chart whose headline has these words, by their label."""
    [spec] = [c for c in charts_of(file) if headline in " ".join(c["title"]["text"])]
    return {row["label"].replace("\n", " "): row for row in spec["data"]["values"]}


def test_every_chart_and_check_is_shown(
    executed: tuple[str, dict[str, Value], dict[str, Path]],
) -> None:
    """A chart that a kernel does not hand over is a chart that nobody sees."""
    _, _, files = executed
    for name, file in files.items():
        outputs = outputs_of(file)
        drawn = sum("look.show(" in cell.source for cell in nbformat.read(file, 4).cells)
        said = "".join(o.get("text", "") for o in outputs if o.output_type == "stream")
        assert len(charts_of(file)) == drawn >= 2, name
        assert said.count("✓ ") >= 3, name
        assert not [o for o in outputs if o.get("name") == "stderr"], name


def test_every_chart_keeps_the_grammar_and_says_what_it_shows(
    executed: tuple[str, dict[str, Value], dict[str, Path]],
) -> None:
    """In the grammar that Altair ships; the sentence is there for those who see no chart."""
    _, _, files = executed
    for output in (o for file in files.values() for o in outputs_of(file)):
        if look.MIME in output.get("data", {}):
            spec = dict(output.data[look.MIME])
            headline = " ".join(spec["title"]["text"])
            assert output.data["text/plain"].startswith(f"Chart: {headline}")
            assert spec["description"].startswith(headline)
            alt.LayerChart.from_dict(spec)
            with pytest.raises(ValidationError):
                alt.LayerChart.from_dict(spec | {"layer": [{"mark": "no mark"}]})


def test_a_printed_notebook_has_a_picture_of_every_chart_with_its_words(
    executed: tuple[str, dict[str, Value], dict[str, Path]],
) -> None:
    """JupyterLab prints and exports through nbconvert, which draws no chart by itself."""
    exporters = pytest.importorskip("nbconvert").HTMLExporter
    pytest.importorskip("vl_convert")
    _, _, files = executed
    file = files["2_score_gaps"]
    exporter = exporters(preprocessors=["assessments.runner.printed.DrawCharts"])
    page, _ = exporter.from_filename(str(file))
    pictures = re.findall(r'<img alt="Chart: ([^"]+)"[^>]+src="data:image/svg', page)
    assert [unescape(words) for words in pictures] == [c["description"] for c in charts_of(file)]


def test_colours_differ_in_black_and_white(
    executed: tuple[str, dict[str, Value], dict[str, Path]],
) -> None:
    """By a twelfth of the way from black to white, whatever two colours stand in one chart."""
    _, _, files = executed
    for spec in (spec for file in files.values() for spec in charts_of(file)):
        for layer in spec["layer"]:
            colours = layer["encoding"].get("fill", {}).get("scale", {}).get("range", [])
            grey = sorted(lightness(colour) for colour in colours)
            assert all(b - a > 255 / 12 for a, b in pairwise(grey)), colours


def lightness(colour: str) -> float:
    """0 black to 255 white, as ITU-R BT.601 weighs red, green and blue."""
    if colour == "white":
        return 255
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_charts_show_what_the_results_say(
    executed: tuple[str, dict[str, Value], dict[str, Path]],
) -> None:
    """Whoever reads a value off a chart, or under the pointer, reads the one of the result."""
    _, results, files = executed
    scores, priorities = results["2_score_gaps"], results["3_set_priorities"]
    assert isinstance(scores, Scores)
    assert isinstance(priorities, Priorities)
    profile = chart_on(files["2_score_gaps"], "levels with a target")
    assert len(profile) == len(scores.sub_dimensions)
    for one, row in zip(scores.sub_dimensions, profile.values(), strict=True):
        assert row["label"].startswith(f"{one.sub_dimension} ")
        assert (row["level"], row["target"]) == (one.level, one.target)
        assert (row["note"] == "not enough information") == (one.level is None)
        if one.level is not None:
            assert (row["worst case"], row["best case"]) == (one.low, one.high)
    verdicts = chart_on(files["2_score_gaps"], "mandatory paragraphs")
    assert [row["paragraphs"] for row in verdicts.values()] == [o.count for o in scores.mandatory]
    gaps = chart_on(files["3_set_priorities"], "gaps are robust")
    for gap, row in zip(priorities.gaps[:15], gaps.values(), strict=True):
        assert row["severity"] == gap.severity
        assert row["says"].endswith(gap.robustness.replace("_", " "))
    ranks = chart_on(files["3_set_priorities"], "cross the line")
    assert [(row["best rank"], row["rank"], row["worst rank"]) for row in ranks.values()] == [
        (gap.best_rank, gap.rank, gap.worst_rank) for gap in priorities.gaps[:15]
    ]


def test_answers_of_an_institution_are_drawn_by_their_state(
    executed: tuple[str, dict[str, Value], dict[str, Path]], desk: Desk
) -> None:
    """Police of XAB gave twelve answers and nobody else any: one bar, as long as its answers."""
    iso3, _, files = executed
    [spec] = [c for c in charts_of(files["1_check_answers"]) if "no answer yet" in c["description"]]
    drawn = Counter(row["label"] for row in spec["data"]["values"])
    if iso3 == SPARSE:
        assert set(drawn) == {"Police"}
        assert sum(row["questions"] for row in spec["data"]["values"]) == 12


def test_too_few_answers_are_no_level_and_never_zero(
    executed: tuple[str, dict[str, Value], dict[str, Path]],
) -> None:
    iso3, results, _ = executed
    unanswered = [
        s
        for s in results["2_score_gaps"].sub_dimensions  # type: ignore[attr-defined]
        if not s.self_rated and s.coverage == 0
    ]
    assert all(one.level is None for one in unanswered)
    if iso3 == SPARSE:
        assert len(unanswered) > 10


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_notebook_is_thin_and_begins_with_a_question(step: Step) -> None:
    found = cells(step)
    assert len(found) <= 14
    assert found[0].cell_type == "markdown"
    assert found[0].source.splitlines()[0].rstrip().endswith("?")
    assert "parameters" in found[1].metadata["tags"]
    assert "trial" in found[2].source.split("look.settle()")[0]  # judgements in one place
    assert "write_json" in found[-1].source
    for cell in found:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        if cell.cell_type == "code":
            tree = ast.parse(cell.source)
            kinds = (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)
            assert not [node for node in ast.walk(tree) if isinstance(node, kinds)]
            ours = [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
            assert all(
                str(m).split(".")[0] in {"assessments", "collections", "decimal"} for m in ours
            )


def test_a_trial_changes_the_method_for_that_reading_alone(desk: Desk, pack: Pack) -> None:
    tried = load_material(FULL, ROUND, pack.id, {"weights.LEG": 2})
    assert tried.pack.method is not None
    assert tried.pack.method.dimension_weight("LEG") == 2
    assert tried.ref.method_version.endswith("trial")
    again = load_material(FULL, ROUND, pack.id)
    assert again.pack.method is not None
    assert again.pack.method.dimension_weight("LEG") == 1
