"""Merge two half-filled copies of one questionnaire into one workbook."""

from __future__ import annotations

from pathlib import Path

from assessments.errors import Mistake
from assessments.pack.load import list_packs, load_pack
from assessments.pack.model import Pack
from assessments.reference import country
from assessments.settings import private_folder
from assessments.store import open_store
from assessments.workbook.identity import Identity
from assessments.workbook.merge import MergeResult, identity_of, merge_workbooks


def merge_copies(base: Path, first: Path, second: Path, out: Path, pack: str = "") -> MergeResult:
    """Write `out`, with both halves and a sheet of what they answer differently.

    `pack` is only needed for a pack that no assessment of the store was opened with. Raises Mistake
    where `out` is one of the three, UnknownPack, and CannotMerge.
    """
    files = (base, first, second)
    if out.resolve() in {path.resolve() for path in files}:
        raise Mistake(
            f"{out} is one of the workbooks to be merged.", "Name another file with --out."
        )
    before = tuple(identity_of(path) for path in files)
    identity = before[0][1]
    loaded = _pack(identity, pack)
    private_folder(out.resolve().parent)
    return merge_workbooks(files, before, loaded, country(identity.iso3), out)


def _pack(identity: Identity, named: str) -> Pack:
    if named or identity.pack in list_packs():
        return load_pack(named or identity.pack)
    with open_store() as store:
        folders = [a.pack_folder for a in store.assessments() if a.pack_id == identity.pack]
    return load_pack(next((folder for folder in folders if folder), identity.pack))
