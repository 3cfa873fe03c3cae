"""A notebook is judged by what it raises and by the result it leaves, through real papermill."""

import ast
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import nbformat
import pytest

from assessments.errors import RunFailed
from assessments.results import Value
from assessments.runner import STEPS, execute
from assessments.runner.kernels import prepare_kernels


class Sum(Value):
    """What the notebooks of these tests write."""

    schema_version: Literal[1] = 1
    total: int
    pid: int = 0


PARAMETERS = 'first: int = 1\nsecond: int = 2\nresult_path: str = ""'
WRITE = (
    "import json, os, pathlib\n"
    'written = {"total": first + second, "pid": os.getpid()}\n'
    "pathlib.Path(result_path).write_text(json.dumps(written))"
)


@pytest.fixture(scope="module", params=["preloaded", "plain"])
def kernel(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    return prepare_kernels(tmp_path_factory.mktemp("home"), request.param)


@pytest.fixture(scope="module")
def fast_kernel(tmp_path_factory: pytest.TempPathFactory) -> str:
    return prepare_kernels(tmp_path_factory.mktemp("home"))


def test_countries_that_begin_at_once_on_a_new_home_all_find_their_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As threads of one process, in 40 empty homes: once one took the other's file away."""
    jupyter = ("JUPYTER_PATH", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")
    for name in (*jupyter, "IPYTHONDIR", "MPLCONFIGDIR"):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # put back afterwards
    with ThreadPoolExecutor(8) as pool:
        for number in range(40):
            found = set(pool.map(prepare_kernels, [tmp_path / f"{number}"] * 8, ["plain"] * 8))
            assert found == {"tana-plain"}
            kernels = tmp_path / f"{number}" / "jupyter" / "kernels"
            assert {path.name for path in kernels.rglob("*.*")} == {"kernel.json"}


def run(path: Path, kernel: str, *, seconds: int = 60, **parameters: int) -> Sum:
    return execute(
        path,
        parameters or {"first": 40, "second": 2},
        Sum,
        result_path=path.parent / "out" / "result.json",
        executed=path.parent / "out" / "executed.ipynb",
        kernel=kernel,
        cell_seconds=seconds,
    )


def test_parameters_reach_the_notebook_and_its_result_comes_back(
    notebook: Callable[..., Path], kernel: str
) -> None:
    result = run(notebook(PARAMETERS, WRITE), kernel)

    assert result.total == 42
    assert result.pid != os.getpid(), "the notebook ran in a process of its own"


def test_one_kernel_leaves_nothing_behind_for_the_next(
    notebook: Callable[..., Path], kernel: str
) -> None:
    """Environment, working directory and settings of one notebook do not reach another."""
    spoil = (
        "import os, altair, pandas\n"
        "os.environ['TANA_LEAK'] = 'yes'\n"
        "altair.renderers.enable('html')\n"
        "pandas.set_option('display.max_rows', 77)\n"
        "os.chdir('/')\n"
    )
    run(notebook(PARAMETERS, spoil, WRITE), kernel)
    check = (
        "import os, altair, pandas\n"
        "assert 'TANA_LEAK' not in os.environ\n"
        "assert altair.renderers.active != 'html'\n"
        "assert pandas.get_option('display.max_rows') != 77\n"
        "assert os.getcwd() != '/'\n"
    )
    assert run(notebook(PARAMETERS, check, WRITE), kernel).total == 42


def test_a_kernel_loads_nothing_for_drawing_that_no_notebook_draws_with(
    notebook: Callable[..., Path], fast_kernel: str
) -> None:
    """Each would take memory of every kernel; an analyst can still import it."""
    check = (
        "import sys\nassert not {'matplotlib', 'matplotlib_inline.backend_inline'} & {*sys.modules}"
    )
    assert run(notebook(PARAMETERS, check, WRITE), fast_kernel).total == 42


def test_a_preloaded_kernel_has_all_that_notebooks_use(
    notebook: Callable[..., Path], fast_kernel: str
) -> None:
    """What they import, and what draws their tables: a kernel that loads it itself starts late."""
    sources = [
        cell.source
        for step in STEPS
        for cell in nbformat.read(step.notebook, as_version=4).cells
        if cell.cell_type == "code"
    ]
    used = {
        node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, (ast.Import, ast.ImportFrom))
    }
    used |= {"assessments.runner.look", "highspy", "krippendorff", "ipykernel.debugger"}
    check = f"import sys\nassert not set({sorted(map(str, used))}) - sys.modules.keys()"
    assert run(notebook(PARAMETERS, check, WRITE), fast_kernel).total == 42


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"first": 1, "second": 2, "third": 3}, "unknown: third"),
        ({"first": 1}, "missing: second"),
        ({"first": 1, "second": "2"}, "second is no int"),
        ({"first": 1, "second": True}, "second is no int"),
        ({"first": 1, "second": 2, "x = __import__('os')": 1}, "unknown: x = "),
    ],
)
def test_parameters_that_the_notebook_does_not_declare_never_start_it(
    notebook: Callable[..., Path], fast_kernel: str, given: dict[str, int], said: str
) -> None:
    path = notebook(PARAMETERS, WRITE)
    with pytest.raises(RunFailed, match="cannot take these parameters") as error:
        run(path, fast_kernel, **given)
    assert said in error.value.message
    assert not (path.parent / "out" / "executed.ipynb").exists()


def test_a_notebook_without_typed_parameters_is_named(
    notebook: Callable[..., Path], fast_kernel: str
) -> None:
    with pytest.raises(RunFailed, match="no typed parameters cell"):
        run(notebook("first = 1", WRITE), fast_kernel)


def test_a_cell_that_raises_names_cell_and_error_but_not_what_it_said(
    notebook: Callable[..., Path], fast_kernel: str
) -> None:
    """The text of a foreign exception may hold an answer."""
    secret = "raise ValueError('the relocated witness')"
    with pytest.raises(RunFailed, match="raised ValueError") as error:
        run(notebook(PARAMETERS, secret, WRITE), fast_kernel)
    assert "witness" not in str(error.value)


def test_our_own_error_is_repeated(notebook: Callable[..., Path], fast_kernel: str) -> None:
    ours = (
        "from assessments.errors import NothingToAssess\n"
        "raise NothingToAssess('XAA has no accepted answers for 2026.', 'Ingest workbooks.')"
    )
    with pytest.raises(RunFailed, match="XAA has no accepted answers for 2026"):
        run(notebook(PARAMETERS, ours, WRITE), fast_kernel)


def test_a_cell_that_never_ends_is_stopped(notebook: Callable[..., Path], fast_kernel: str) -> None:
    with pytest.raises(RunFailed, match="more than 2 seconds"):
        run(
            notebook(PARAMETERS, "import time\nwhile True: time.sleep(0.1)"), fast_kernel, seconds=2
        )


def test_a_kernel_that_dies_is_tried_once_more(
    notebook: Callable[..., Path], kernel: str, tmp_path: Path
) -> None:
    die_once = (
        "import os, pathlib, signal\n"
        f"mark = pathlib.Path({str(tmp_path / 'died')!r})\n"
        "if not mark.exists():\n"
        "    mark.touch()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert run(notebook(PARAMETERS, die_once, WRITE), kernel).total == 42


def test_a_kernel_that_always_dies_fails_the_run(
    notebook: Callable[..., Path], fast_kernel: str
) -> None:
    with pytest.raises(RunFailed, match="died twice"):
        run(notebook(PARAMETERS, "import os\nos.kill(os.getpid(), 9)"), fast_kernel)


def test_an_old_result_never_stands_in_for_a_missing_one(
    notebook: Callable[..., Path], fast_kernel: str
) -> None:
    run(notebook(PARAMETERS, WRITE), fast_kernel)
    with pytest.raises(RunFailed, match="without writing its result"):
        run(notebook(PARAMETERS, "first + second"), fast_kernel)


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ('{"total": "many"}', "total"),
        ('{"total": 1, "extra": 2}', "extra"),
        ('{"total": 1, "schema_version": 2}', "schema_version"),
        ("{}", "total"),
        ("not JSON", "result"),
    ],
)
def test_a_result_that_breaks_the_contract_is_refused(
    notebook: Callable[..., Path], fast_kernel: str, written: str, place: str
) -> None:
    cell = f"import pathlib\npathlib.Path(result_path).write_text({written!r})"
    with pytest.raises(RunFailed, match="breaks its contract") as error:
        run(notebook(PARAMETERS, cell), fast_kernel)
    assert place in error.value.message
