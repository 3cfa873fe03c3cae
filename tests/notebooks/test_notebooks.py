"""The four notebooks on a whole country and on one where one institution gave twelve answers."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from desk import FULL, ROUND, SPARSE, Desk

from assessments.design import design_project
from assessments.pack.model import Pack
from assessments.reference import networks_of_region
from assessments.results import Value
from assessments.runner import STEPS, Step, execute
from assessments.runner.material import load_material
from assessments.scoring import review_answers, score_assessment, set_priorities


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


def test_every_chart_and_check_is_shown(
    executed: tuple[str, dict[str, Value], dict[str, Path]],
) -> None:
    """A chart that a kernel does not hand over is a chart that nobody sees."""
    _, _, files = executed
    for name, file in files.items():
        outputs = [
            output
            for cell in nbformat.read(file, as_version=4).cells
            for output in cell.get("outputs", [])
        ]
        pictures = [o for o in outputs if "image/png" in o.get("data", {})]
        drawn = sum("plt.show()" in cell.source for cell in nbformat.read(file, 4).cells)
        said = "".join(o.get("text", "") for o in outputs if o.output_type == "stream")
        assert len(pictures) == drawn >= 2, name
        assert said.count("✓ ") >= 3, name
        assert not [o for o in outputs if o.get("name") == "stderr"], name


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
                str(m).split(".")[0] in {"assessments", "decimal", "matplotlib"} for m in ours
            )


def test_a_trial_changes_the_method_for_that_reading_alone(desk: Desk, pack: Pack) -> None:
    tried = load_material(FULL, ROUND, pack.id, {"weights.LEG": 2})
    assert tried.pack.method is not None
    assert tried.pack.method.dimension_weight("LEG") == 2
    assert tried.ref.method_version.endswith("trial")
    again = load_material(FULL, ROUND, pack.id)
    assert again.pack.method is not None
    assert again.pack.method.dimension_weight("LEG") == 1
