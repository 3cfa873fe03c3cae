"""The only code that opens a file from outside.

`read_cells` looks at a file without believing it and reads it, in a child process with limits on
memory, processor and time, and hands back cells with their types, never objects.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessments.untrusted.cells import Cell, CellKind, Cells, DefinedName, Sheet
    from assessments.untrusted.preflight import Limits
    from assessments.untrusted.reading import Unreadable, read_cells

__all__ = [
    "Cell",
    "CellKind",
    "Cells",
    "DefinedName",
    "Limits",
    "Sheet",
    "Unreadable",
    "read_cells",
]

_HOME = {"Limits": "preflight", "Unreadable": "reading"}
_HOME["read_cells"] = "reading"


def __getattr__(name: str) -> object:
    """Loaded when first used: the child process in the cage must start without pydantic."""
    if name not in __all__:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME.get(name, 'cells')}"), name)
