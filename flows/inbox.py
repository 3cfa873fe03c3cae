"""The folder that returned workbooks are dropped into, and where each goes from there.

A file is taken only when nobody writes to it any more, and is first moved aside, so that what is
read, kept and sorted is one and the same file whatever is dropped under its name meanwhile. One run
at a time empties the inbox. A run that is killed leaves its files aside, where the next finds them.

    inbox/             drop workbooks here
    inbox/under way/   being read
    inbox/taken/       read and accepted; the store keeps its own copy of each, byte for byte
    inbox/refused/     not accepted, each with a text that says why
    inbox/to send back/   copies that say what to correct
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from assessments.errors import StoreFault
from assessments.settings import FILE_MODE, private_folder
from assessments.untrusted.unfinished import is_written_to

LOCK = ".tana.lock"
_FOLDERS = UNDER_WAY, TAKEN, REFUSED, TO_SEND_BACK = (
    "under way",
    "taken",
    "refused",
    "to send back",
)
# What Excel, LibreOffice and file managers put beside a workbook, and downloads before they end.
_BESIDE = ("~$", ".")
_UNFINISHED = (".part", ".partial", ".crdownload", ".tmp", ".download", ".filepart")


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Something in the inbox that is not taken now, and why."""

    name: str
    because: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """One inbox, held by this run alone."""

    folder: Path

    @classmethod
    @contextmanager
    def held(cls, folder: Path) -> Iterator[Inbox | None]:
        """The inbox for this run, None where another run is at it."""
        try:
            for name in _FOLDERS:
                private_folder(folder / name)
            lock = FileLock(folder / LOCK, mode=FILE_MODE)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                yield None
                return
        except OSError as error:
            raise _fault(folder, error) from None
        try:
            yield cls(folder)
        except OSError as error:
            raise _fault(folder, error) from None
        finally:
            lock.release()

    def take(self) -> tuple[list[Path], list[LeftAlone]]:
        """Move aside what is complete; returns that, and what was left with the reason."""
        left = []
        for path in sorted(self.folder.iterdir()):
            if path.name in _FOLDERS or path.name.startswith(_BESIDE):
                continue
            because = _why_not(path)
            if because:
                left.append(LeftAlone(path.name, because))
            else:
                _move(path, self.folder / UNDER_WAY)
        aside = self.folder / UNDER_WAY
        return sorted(path for path in aside.iterdir() if path.is_file()), left

    def accepted(self, path: Path) -> None:
        """Sort a file that was read and accepted, or whose answers were there already."""
        _move(path, self.folder / TAKEN)

    def refused(self, path: Path, why: str) -> None:
        """Sort a file that was refused, with a text beside it."""
        note = self.folder / REFUSED / f".{path.name}.part"  # first: there may be no room for it
        note.write_text(why, encoding="utf-8")
        note.chmod(FILE_MODE)
        there = _move(path, self.folder / REFUSED)
        note.replace(there.with_name(f"{there.name}.why.txt"))

    @property
    def to_send_back(self) -> Path:
        """Where the copies go that say what to correct."""
        return self.folder / TO_SEND_BACK


def _fault(folder: Path, error: OSError) -> StoreFault:
    return StoreFault(
        f"The inbox {folder} cannot be used ({error.strerror or type(error).__name__}).",
        "Nothing is lost. Mend the cause (disk space, rights); the next run goes on.",
    )


def files_of(folder: Path) -> Iterator[Path]:
    """Every file that was dropped into this inbox and still lies in it, wherever it was sorted."""
    for place in (folder, *(folder / name for name in (UNDER_WAY, TAKEN, REFUSED))):
        if place.is_dir():
            yield from (path for path in place.iterdir() if path.is_file())


def to_send_back(folder: Path) -> tuple[Path, ...]:
    """The copies of this inbox that say what to correct."""
    place = folder / TO_SEND_BACK
    return tuple(place.iterdir()) if place.is_dir() else ()


def _why_not(path: Path) -> str:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return "is gone again"
    if stat.S_ISDIR(mode):
        return "is a folder: put the workbooks themselves into the inbox"
    if not stat.S_ISREG(mode):
        return "is no ordinary file: put the workbook itself into the inbox"
    if path.suffix.lower() in _UNFINISHED:
        return "is still being copied"
    if not os.access(path, os.R_OK):
        return "cannot be read: check its rights"
    return "is still being written" if is_written_to(path) else ""


def _move(path: Path, folder: Path) -> Path:
    """Move a file without ever replacing another; a number parts two of one name."""
    for number in range(1, 10_000):
        name = path.name if number == 1 else f"{path.stem} ({number}){path.suffix}"
        target = folder / name
        if not target.exists():
            try:
                os.link(path, target)  # fails where another process was faster
            except FileExistsError:
                continue
            except OSError:  # a drive without hard links
                path.rename(target)
                return target
            path.unlink()
            return target
    raise StoreFault(f"{folder} holds too many files named {path.name}.", "Clear it out.")
