"""Originals of received files: kept byte for byte, named by their SHA-256.

A file is copied beside its final place, forced to the disk and only then renamed, before any
transaction refers to it. A crash leaves at worst a copy that nothing refers to, which is swept up
later; never a reference without its file.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assessments.settings import FILE_MODE, private_folder

_INCOMING = ".incoming-"
_STALE_SECONDS = 24 * 3600
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Incoming:
    """A private copy of a file that has arrived and is not accepted yet."""

    path: Path
    sha256: str
    size: int


class Originals:
    """The folder of received files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the original of this digest is kept."""
        return self.folder / f"{sha256}.xlsx"

    def take(self, source: Path, *, limit: int) -> Incoming:
        """Copy a file in, at most `limit` + 1 bytes of it, and force it to the disk.

        What is checked, hashed and kept is this copy: the file itself may change meanwhile.
        Raises OSError where the file cannot be read or the disk is full; then nothing is left.
        """
        private_folder(self.folder)
        path = self.folder / f"{_INCOMING}{secrets.token_hex(8)}.xlsx"
        sealed, size = hashlib.sha256(), 0
        try:
            with source.open("rb") as given, _private(path) as kept:
                while size <= limit and (piece := given.read(min(_PIECE, limit + 1 - size))):
                    kept.write(piece)
                    sealed.update(piece)
                    size += len(piece)
                kept.flush()
                os.fsync(kept.fileno())
        except OSError:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise
        return Incoming(path, sealed.hexdigest(), size)

    def keep(self, incoming: Incoming) -> Path:
        """Move a copy to its lasting name; safe to repeat, the content is the name."""
        final = self.path(incoming.sha256)
        incoming.path.replace(final)
        sync_folder(self.folder)
        return final

    def drop(self, incoming: Incoming) -> None:
        """Remove a copy that was not accepted; where the disk refuses, it is swept up later."""
        with suppress(OSError):
            incoming.path.unlink(missing_ok=True)

    def fault(self, sha256: str) -> str:
        """What is wrong with the original of this digest, "" where nothing is."""
        try:
            with self.path(sha256).open("rb") as kept:
                found = hashlib.file_digest(kept, "sha256").hexdigest()
        except FileNotFoundError:
            return f"the original {sha256} is missing from {self.folder}"
        except OSError as error:
            return f"the original {sha256} cannot be read ({error.strerror})"
        return "" if found == sha256 else f"the original {sha256} was changed"

    def names(self) -> set[str]:
        """Digests of all files kept."""
        if not self.folder.is_dir():
            return set()
        return {
            file.stem for file in self.folder.glob("*.xlsx") if not file.name.startswith(_INCOMING)
        }

    def sweep(self) -> int:
        """Remove copies that a killed process left behind a day ago or more; returns how many."""
        gone = 0
        for file in self.folder.glob(f"{_INCOMING}*"):
            try:
                if time.time() - file.stat().st_mtime > _STALE_SECONDS:
                    file.unlink()
                    gone += 1
            except FileNotFoundError:
                continue  # another process swept it
        return gone


def _private(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb")


def sync_folder(folder: Path) -> None:
    """Force a rename in `folder` to the disk, where the system can."""
    if os.name == "nt":  # a folder cannot be opened there, and need not be
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
