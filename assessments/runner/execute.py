"""One notebook through papermill, judged by exceptions and by its result, never by its output file.

papermill warns only on unknown parameters, executes hostile parameter names, and turns values it
does not know into strings: so parameters are checked against the notebook's own `parameters` cell
before it starts.
"""

from __future__ import annotations

import contextvars
import logging
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from assessments.errors import RunFailed, StoreFault, TanaError
from assessments.results import Value

if TYPE_CHECKING:
    from papermill.exceptions import PapermillExecutionError

Result = TypeVar("Result", bound=Value)
Parameter = str | int | float | bool

CELL_SECONDS = 120  # a cell that takes longer never ends
START_SECONDS = 60
_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
}


def declared_parameters(notebook: Path) -> dict[str, str]:
    """Name -> type of each parameter that the notebook declares in its `parameters` cell.

    Raises RunFailed where it has no such cell or a parameter without a type.
    """
    from papermill import inspect_notebook

    _quiet_papermill()
    found = {
        name: str(entry["inferred_type_name"]).strip("'\"")
        for name, entry in inspect_notebook(str(notebook)).items()
    }
    untyped = [name for name, kind in found.items() if kind not in _KINDS]
    if not found or untyped:
        raise RunFailed(
            f"{notebook.name} has no typed parameters cell"
            + (f" (without a type: {', '.join(untyped)})." if untyped else "."),
            "Tag its first code cell `parameters` and write each as: name: str = value.",
        )
    return found


def _check_parameters(notebook: Path, parameters: Mapping[str, Parameter]) -> None:
    declared = declared_parameters(notebook)
    unknown = sorted(set(parameters) - set(declared))
    missing = sorted(set(declared) - set(parameters))
    wrong = sorted(
        f"{name} is no {declared[name]}"
        for name in set(parameters) & set(declared)
        if not isinstance(parameters[name], _KINDS[declared[name]])
        or (isinstance(parameters[name], bool) and declared[name] != "bool")
    )
    if unknown or missing or wrong:
        faults = (
            [f"unknown: {', '.join(unknown)}"] * bool(unknown)
            + [f"missing: {', '.join(missing)}"] * bool(missing)
            + wrong
        )
        raise RunFailed(
            f"{notebook.name} cannot take these parameters ({'; '.join(faults)}).",
            "Pass just what its parameters cell declares, each with its type.",
        )


def execute(
    notebook: Path,
    parameters: Mapping[str, Parameter],
    result: type[Result],
    *,
    result_path: Path,
    executed: Path,
    kernel: str,
    cell_seconds: int = CELL_SECONDS,
) -> Result:
    """Run `notebook` and return its validated result.

    `parameters` are all but `result_path`, which is passed on to the notebook. `executed` keeps
    the notebook with its outputs. `kernel` is a name that `kernels.prepare_kernels` has installed.

    Raises RunFailed where a parameter is unknown, missing or of another type; a cell raises or
    takes longer than `cell_seconds`; the kernel dies twice; or the result is missing or breaks
    its contract.
    """
    if not notebook.is_file():
        raise RunFailed(f"There is no notebook {notebook.name}.", "Restore it under notebooks/.")
    passed = {**parameters, "result_path": str(result_path)}
    _check_parameters(notebook, passed)
    result_path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    executed.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    result_path.unlink(missing_ok=True)
    # papermill inside an event loop (Prefect's) must not see that loop: a context of its own.
    contextvars.Context().run(_run, notebook, passed, executed, kernel, cell_seconds)
    return read_result(result_path, result, notebook.name)


def read_result(path: Path, result: type[Result], notebook: str) -> Result:
    """The result that `notebook` wrote to `path`. Raises RunFailed where it is not one."""
    try:
        return result.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise RunFailed(
            f"{notebook} ended without writing its result.",
            "Its last cell must write the result to result_path.",
        ) from None
    except ValidationError as error:
        places = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc']) or 'result'}: {fault['type']}"
            for fault in error.errors(include_input=False, include_url=False)[:5]
        )
        raise RunFailed(
            f"{notebook} wrote a result that breaks its contract ({places}).",
            f"It must be a {result.__name__} of assessments.results.",
        ) from None


def _run(
    notebook: Path, parameters: dict[str, Any], executed: Path, kernel: str, cell_seconds: int
) -> None:
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill import execute_notebook
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    _quiet_papermill()
    for attempt in (1, 2):
        settings = Config()
        sockets = os.environ.get("TANA_KERNEL_SOCKETS")
        if os.name == "posix" and sockets:  # files of our own: no port can be taken by another
            settings.KernelManager.transport = "ipc"
            settings.KernelManager.ip = str(Path(sockets) / secrets.token_hex(6))
        try:
            execute_notebook(
                str(notebook),
                str(executed),
                parameters=parameters,
                kernel_name=kernel,
                progress_bar=False,
                request_save_on_cell_execute=False,
                start_timeout=START_SECONDS,
                execution_timeout=cell_seconds,
                config=settings,
                resources={"metadata": {"path": str(executed.parent)}},
            )
            break
        except CellTimeoutError:
            raise RunFailed(
                f"A cell of {notebook.name} took more than {cell_seconds} seconds: stopped.",
                "Make the cell faster, or raise cell_seconds in tana.toml.",
            ) from None
        except DeadKernelError:
            if attempt == 2:
                raise RunFailed(
                    f"The kernel of {notebook.name} died twice.",
                    "It may have run out of memory: run fewer notebooks at once.",
                ) from None
        except PapermillExecutionError as error:
            raise _fault(notebook, executed, error) from None
    executed.chmod(0o600)


_REMEDY = "Open the executed notebook at that cell."


def _fault(notebook: Path, executed: Path, error: PapermillExecutionError) -> TanaError:
    said = _what_raised(notebook, executed, error)
    if error.ename == StoreFault.__name__:  # worth trying again, as no other fault is
        return StoreFault(said, "Run the assessment again when the store answers.")
    return RunFailed(said, _REMEDY)


def _what_raised(notebook: Path, executed: Path, error: PapermillExecutionError) -> str:
    # The text of a foreign exception may hold an answer; only our own messages are repeated.
    ours = {kind.__name__ for kind in _subclasses(TanaError)}
    said = f": {error.evalue}" if error.ename in ours else ""
    return f"Cell {error.exec_count} of {notebook.name} raised {error.ename}{said} ({executed})."


def _subclasses(kind: type) -> set[type]:
    children: list[type] = kind.__subclasses__()
    return {kind}.union(*(_subclasses(child) for child in children))


def _quiet_papermill() -> None:
    for name in ("papermill", "papermill.translators"):
        logging.getLogger(name).setLevel(logging.ERROR)


def write_json(value: Value, path: str | Path) -> None:
    """What a notebook's last cell does: write the result in one move; `execute` validates it."""
    if not str(path):
        return
    target = Path(path)
    scratch = target.with_suffix(".part")
    scratch.write_text(value.model_dump_json(indent=1), encoding="utf-8")
    scratch.chmod(0o600)
    scratch.replace(target)
