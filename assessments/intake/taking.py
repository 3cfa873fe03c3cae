"""Take a file in: a private copy of its bytes, and its cells. Nothing is judged or stored here."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from assessments.errors import Mistake, StoreFault, TanaError
from assessments.store import Incoming, Store
from assessments.untrusted import Cells, Unreadable, read_cells
from assessments.untrusted.preflight import LIMITS
from assessments.untrusted.texts import refusal
from assessments.untrusted.unfinished import is_written_to


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is in, but not yet checked against a questionnaire."""

    source: Path
    incoming: Incoming
    cells: Cells | Unreadable  # what was read, or why the file was not let in


def take_in(source: Path, store: Store) -> Taken:
    """Copy a file and read the copy; touches nothing but the folder of received files.

    Raises Mistake where the path names no file, TanaError where it cannot be read, StoreFault
    where the disk does not do what is asked.
    """
    _require_file(source)
    incoming = _copied(source, store)
    try:
        return Taken(source, incoming, read_cells(incoming.path, source.name))
    except Unreadable as refused:
        return Taken(source, incoming, _unfinished(source) or refused)
    except OSError as error:  # the pipe to the process that reads
        store.originals.drop(incoming)
        raise disk_fault(source, store, error) from None
    except BaseException:
        store.originals.drop(incoming)
        raise


def _unfinished(source: Path) -> Unreadable | None:
    """What could not be read because it is not there yet; a copy that reads well needs no lease."""
    if not is_written_to(source):
        return None
    return Unreadable((refusal("still-written", file=source.name),))


def disk_fault(source: Path, store: Store, error: OSError) -> StoreFault:
    """The disk did not do what was asked while a file was received."""
    return StoreFault(
        f"{source.name} could not be received into {store.originals.folder} "
        f"({error.strerror or type(error).__name__}).",
        "Nothing of it was stored. Mend the cause (disk space, rights) and run the command again.",
    )


def _require_file(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise Mistake(
            f"There is no file {path}.", "Give the path of a returned workbook."
        ) from None
    except OSError as error:
        raise TanaError(
            f"{path} cannot be read ({error.strerror}).", "Check the rights of file and folder."
        ) from None
    if stat.S_ISDIR(mode):
        raise Mistake(
            f"{path} is a folder.", "Name the workbooks in it, for example with /*.xlsx behind it."
        )
    if not stat.S_ISREG(mode):
        raise Mistake(f"{path} is no ordinary file.", "Save the workbook as a file first.")
    if not os.access(path, os.R_OK):
        raise TanaError(f"{path} cannot be read.", "Check the rights of the file.")


def _copied(source: Path, store: Store) -> Incoming:
    try:
        store.originals.sweep()
        return store.originals.take(source, limit=LIMITS.file)
    except OSError as error:
        raise disk_fault(source, store, error) from None
