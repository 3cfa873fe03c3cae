"""Pack versions that went out: kept whole, so that no question of an assessment can vanish.

A pack on disk moves on: its folder is edited, and a later tana ships a later version. The pack that
questionnaires were built from is sealed into the audit trail, like an adopted method, so that it
moves with the store and its backups. It is unpacked under TANA_HOME/packs when it is needed.
"""

from __future__ import annotations

import base64
import json
import shutil
import tempfile
import zlib
from pathlib import Path

from sqlalchemy import select, update

from assessments.errors import Mistake, StoreFault, UnknownPack
from assessments.pack.load import PACK_FILES, load_pack, pack_digest
from assessments.pack.model import Pack
from assessments.settings import private_folder
from assessments.store import audit
from assessments.store.facade import Store
from assessments.store.lookup import assessment_row, require_grounds, subject
from assessments.store.tables import ASSESSMENT, AUDIT, SUBMISSION
from assessments.store.values import Assessment

KEPT = "pack kept"


def keep_pack(store: Store, pack: Pack, *, by: str = "") -> None:
    """Keep the tables of `pack`, once for each content.

    Raises Mistake where they were edited since the pack was loaded.
    """
    folder = Path(pack.folder)
    about = f"{_about(pack.id)}{pack.version}/{pack.digest}"
    with store.database.writing() as connection:
        kept = select(AUDIT.c.seq).where(AUDIT.c.what == KEPT, AUDIT.c.subject == about)
        if connection.execute(kept.limit(1)).first() is not None:
            return
        if pack_digest(folder) != pack.digest:
            raise Mistake(
                f"The tables of {pack.id} were edited meanwhile.", "Run the command again."
            )
        audit.append(
            connection,
            at=store.clock(),
            who=by,
            what=KEPT,
            subject=about,
            detail={"tables": _packed(folder)},
        )


def kept_pack(store: Store, pack_id: str, *, version: str = "", digest: str = "") -> Pack | None:
    """The pack as it was kept last under `version`, or the one with `digest`; None for neither."""
    about = _about(pack_id)
    query = select(AUDIT.c.seq, AUDIT.c.subject).where(AUDIT.c.what == KEPT)
    with store.database.reading() as connection:
        rows = connection.execute(query.order_by(AUDIT.c.seq.desc()))
        for row in rows:
            if not row.subject.startswith(about):
                continue
            its_version, its_digest = row.subject.removeprefix(about).rsplit("/", 1)
            if its_digest == digest or (not digest and its_version == version):
                break
        else:
            return None
        folder = store.originals.folder.parent / "packs" / f"{pack_id}_{its_digest[:16]}"
        if not folder.is_dir():
            detail = select(AUDIT.c.detail).where(AUDIT.c.seq == row.seq)
            _unpack(json.loads(connection.execute(detail).scalar_one())["tables"], folder)
    return _verified(folder, its_digest)


def kept_versions(store: Store, pack_id: str) -> tuple[str, ...]:
    """The versions of a pack that went out from this store, the latest first."""
    about = _about(pack_id)
    query = select(AUDIT.c.subject).where(AUDIT.c.what == KEPT).order_by(AUDIT.c.seq.desc())
    with store.database.reading() as connection:
        subjects = [one for one in connection.execute(query).scalars() if one.startswith(about)]
    return tuple(dict.fromkeys(one.removeprefix(about).rsplit("/", 1)[0] for one in subjects))


def pack_of(store: Store, assessment: Assessment) -> Pack:
    """The pack of the version whose questions went out: its folder while that still holds the
    version, so that a mended spelling reaches everybody, and what was kept of it from then on.

    Raises UnknownPack where neither is there.
    """
    current = pack_in_place(assessment)
    if current is not None:
        return current
    kept = kept_pack(store, assessment.pack_id, version=assessment.pack_version)
    if kept is None:
        raise UnknownPack(
            f"{assessment.iso3} {assessment.round} was opened with version "
            f"{assessment.pack_version} of {assessment.pack_id}, which is neither where it was "
            "nor kept in this store.",
            f"Bring it back to {assessment.pack_folder or 'the packs that ship with tana'}.",
        )
    return kept


def pack_in_place(assessment: Assessment) -> Pack | None:
    """The pack where the assessment found it; None where it is gone or of another version."""
    try:
        current = load_pack(assessment.pack_folder or assessment.pack_id)
    except UnknownPack:
        return None
    return current if current.version == assessment.pack_version else None


def move_assessment(
    store: Store, iso3: str, round_: str, pack: Pack, *, folder: str, by: str, reason: str
) -> None:
    """Let an assessment go on under a later version of its pack; answers stay as they were given.

    Keep both versions (`keep_pack`) before. Raises UnknownRound, and Mistake without a name or
    a reason.
    """
    require_grounds(by, reason)
    with store.database.writing() as connection:
        row = assessment_row(connection, iso3, round_)
        unnamed = (SUBMISSION.c.assessment_id == row["id"]) & (SUBMISSION.c.pack_version == "")
        connection.execute(
            update(SUBMISSION).where(unnamed).values(pack_version=row["pack_version"])
        )
        now = {
            "pack_id": pack.id,
            "pack_version": pack.version,
            "pack_digest": pack.digest,
            "pack_folder": folder,
        }
        connection.execute(update(ASSESSMENT).where(ASSESSMENT.c.id == row["id"]).values(**now))
        audit.append(
            connection,
            at=store.clock(),
            who=by.strip(),
            what=audit.MOVED,
            subject=subject(iso3, round_),
            detail=now | {"from_version": row["pack_version"], "reason": reason.strip()},
        )


def earlier_versions(store: Store, iso3: str, round_: str) -> tuple[str, ...]:
    """The versions that an assessment was moved from, oldest first."""
    with store.database.reading() as connection:
        entries = audit.entries(connection, subject(iso3, round_))
    found: list[str] = []
    for entry in entries:
        if entry.what == audit.MOVED:
            found.append(str(json.loads(entry.detail)["from_version"]))
        elif entry.what == audit.DELETED:
            found.clear()
    return tuple(found)


def _about(pack_id: str) -> str:
    return f"pack/{pack_id}/"


def _packed(folder: Path) -> str:
    texts = {
        file: (folder / file).read_text(encoding="utf-8-sig")
        for file in PACK_FILES
        if (folder / file).is_file()
    }
    return base64.b64encode(zlib.compress(json.dumps(texts).encode())).decode()


def _unpack(tables: str, folder: Path) -> None:
    scratch = Path(tempfile.mkdtemp(prefix=".", dir=private_folder(folder.parent)))
    try:
        for file, text in json.loads(zlib.decompress(base64.b64decode(tables))).items():
            (scratch / Path(file).name).write_text(text, encoding="utf-8", newline="")
        settle(scratch, folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def settle(scratch: Path, folder: Path) -> None:
    """Move a finished folder into its place, unless another process put the same there first."""
    try:
        scratch.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def _verified(folder: Path, digest: str) -> Pack:
    """The unpacked pack, where nobody has edited it. Raises StoreFault where somebody has."""
    if pack_digest(folder) != digest:
        raise StoreFault(
            f"{folder} was edited; it is a copy of a version that went out.",
            "Remove the folder: it is written anew from the store.",
        )
    return load_pack(folder)
