"""Backup and restore: the whole store and its originals in one file.

The file is a zip of one JSON Lines file a table, the originals and a manifest of their digests. It
is the same for SQLite and PostgreSQL, so that a store also moves from one to the other by it.
Tables are read in one transaction, so a backup is consistent while others ingest; originals are in
place before any transaction refers to them, so none that it needs can be missing.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Table, delete, func, insert, select, text

from assessments.errors import Mistake, StoreFault
from assessments.settings import FILE_MODE
from assessments.store import audit
from assessments.store.columns import Instant, iso
from assessments.store.models import ALL
from assessments.store.originals import Originals, sync_folder
from assessments.store.schema import HEAD
from assessments.store.tables import SUBMISSION
from assessments.store.verify import verify

_FORMAT = "tana-backup-1"
_MANIFEST = "manifest.json"
_CHUNK = 20_000


def write_backup(connection: Connection, originals: Originals, target: Path) -> int:
    """Write the store as this transaction sees it to `target`; returns how many originals.

    The file appears whole or not at all. Raises StoreFault where an original is missing or changed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, FILE_MODE)
    try:
        with os.fdopen(handle, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                digests = {table.name: _write_table(connection, archive, table) for table in ALL}
                kept = _write_originals(connection, archive, originals)
                manifest = {"format": _FORMAT, "revision": HEAD, "tables": digests}
                archive.writestr(_MANIFEST, json.dumps(manifest | {"originals": kept}, indent=1))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
        sync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)
    return len(kept)


def read_manifest(archive: zipfile.ZipFile, source: Path) -> dict[str, object]:
    """The manifest of a backup.

    Raises StoreFault where the file is no backup, or one of another version.
    """
    try:
        manifest = json.loads(archive.read(_MANIFEST))
    except (KeyError, ValueError):
        manifest = {}
    if not isinstance(manifest, dict) or manifest.get("format") != _FORMAT:
        raise StoreFault(f"{source} is no tana backup.", "Give a file that `tana db backup` wrote.")
    if manifest["revision"] != HEAD:
        raise StoreFault(
            f"{source} was written by a tana with revision {manifest['revision']}; this one "
            f"has {HEAD}.",
            "Restore it with that version, then run `tana db upgrade`.",
        )
    return manifest


def open_backup(source: Path) -> zipfile.ZipFile:
    """The archive of a backup.

    Raises Mistake where there is no such file, StoreFault where it is none of ours.
    """
    try:
        return zipfile.ZipFile(source)
    except FileNotFoundError:
        raise Mistake(f"There is no file {source}.", "Give the path of a backup.") from None
    except (zipfile.BadZipFile, OSError) as error:
        raise StoreFault(
            f"{source} cannot be read as a backup ({error}).",
            "Give a file that `tana db backup` wrote.",
        ) from None


def restore(
    connection: Connection,
    archive: zipfile.ZipFile,
    source: Path,
    originals: Originals,
    *,
    place: str,
    overwrite: bool,
    at: datetime,
    by: str,
) -> None:
    """Replace the store at `place` by a backup, telling the audit trail what was replaced.

    Raises Mistake where the store is not empty and `overwrite` was not said, StoreFault where the
    backup is damaged; the rows are then as before.
    """
    replaced = audit.entries(connection)
    if not (overwrite or _is_empty(connection)):
        raise Mistake(
            f"The store at {place} is not empty.",
            "Say --overwrite to replace all of it, after a `tana db backup`.",
        )
    _restore_originals(archive, originals)
    _restore_tables(connection, archive, source)
    if replaced:
        audit.append(
            connection,
            at=at,
            who=by,
            what=audit.RESTORED,
            subject="",
            detail={"replaced_entries": len(replaced), "head": replaced[-1].hash},
        )


def _restore_originals(archive: zipfile.ZipFile, originals: Originals) -> None:
    """Bring the originals back, before any row refers to them."""
    names = read_manifest(archive, Path(str(archive.filename)))["originals"]
    assert isinstance(names, list)
    for sha256 in names:
        if originals.fault(str(sha256)):
            _restore_original(archive, originals, str(sha256))


def _restore_tables(connection: Connection, archive: zipfile.ZipFile, source: Path) -> None:
    """Replace all rows by those of the backup, and check them before anything is committed.

    Raises StoreFault where the backup is damaged; the store is then as before.
    """
    manifest = read_manifest(archive, source)
    digests = manifest["tables"]
    assert isinstance(digests, dict)
    for table in reversed(ALL):
        connection.execute(delete(table))
    for table in ALL:
        _restore_table(connection, archive, table, str(digests[table.name]), source)
    checked = verify(connection, None)
    if not checked.ok:
        raise StoreFault(
            f"{source} does not hold together: {checked.first_fault}.",
            "Nothing was changed. Use another backup.",
        )


def _is_empty(connection: Connection) -> bool:
    """True where no table has a row."""
    return not any(
        connection.execute(select(func.count()).select_from(table)).scalar() for table in ALL
    )


def _write_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> str:
    sealed = hashlib.sha256()
    rows = connection.execution_options(yield_per=_CHUNK).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    with archive.open(_member(table), "w", force_zip64=True) as member:
        for row in rows.mappings():
            line = json.dumps(
                {
                    name: iso(value) if isinstance(value, datetime) else value
                    for name, value in row.items()
                },
                ensure_ascii=False,
            )
            piece = line.encode("utf-8") + b"\n"
            sealed.update(piece)
            member.write(piece)
    return sealed.hexdigest()


def _write_originals(
    connection: Connection, archive: zipfile.ZipFile, originals: Originals
) -> list[str]:
    names = sorted(set(connection.execute(select(SUBMISSION.c.workbook_sha256)).scalars()))
    for sha256 in names:
        if fault := originals.fault(sha256):
            raise StoreFault(
                f"No backup was written: {fault}.",
                "Put the file back from an earlier backup; `tana db verify` lists what does not "
                "hold.",
            )
        # Workbooks are zips already: packing them again costs time and gains nothing.
        archive.write(originals.path(sha256), _original(sha256), zipfile.ZIP_STORED)
    return names


def _restore_original(archive: zipfile.ZipFile, originals: Originals, sha256: str) -> None:
    draft = originals.folder / f".restoring-{secrets.token_hex(8)}"
    originals.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        content = archive.read(_original(sha256))
    except (KeyError, zipfile.BadZipFile) as error:
        raise StoreFault(
            f"The backup is damaged: {error}.", "Nothing was changed. Use another backup."
        ) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise StoreFault(
            f"The backup is damaged: the original {sha256} was changed.",
            "Nothing was changed. Use another backup.",
        )
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT, FILE_MODE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(originals.path(sha256))
        sync_folder(originals.folder)
    finally:
        draft.unlink(missing_ok=True)


def _restore_table(
    connection: Connection, archive: zipfile.ZipFile, table: Table, digest: str, source: Path
) -> None:
    sealed = hashlib.sha256()
    try:
        with archive.open(_member(table)) as member:
            for chunk in _chunks(table, member, sealed):
                connection.execute(insert(table), chunk)
    except (KeyError, ValueError, zipfile.BadZipFile):
        sealed = hashlib.sha256(b"unreadable")
    if sealed.hexdigest() != digest:
        raise StoreFault(
            f"{source} is damaged: table {table.name} was changed.",
            "Nothing was changed. Use another backup.",
        )
    if connection.dialect.name == "postgresql" and "id" in table.c:
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                f"(SELECT COALESCE(MAX(id), 0) + 1 FROM {table.name}), false)"
            )
        )


def _chunks(
    table: Table, member: IO[bytes], sealed: hashlib._Hash
) -> Iterator[list[dict[str, object]]]:
    moments = {column.name for column in table.c if isinstance(column.type, Instant)}
    chunk: list[dict[str, object]] = []
    for line in member:
        sealed.update(line)
        row = json.loads(line)
        for name in moments & row.keys():
            row[name] = row[name] and datetime.fromisoformat(row[name])
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _member(table: Table) -> str:
    return f"tables/{table.name}.jsonl"


def _original(sha256: str) -> str:
    return f"received/{sha256}.xlsx"
