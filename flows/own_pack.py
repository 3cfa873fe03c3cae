"""The pack an assessment was opened with, under the method that is of record for it.

A pack is shipped with tana or a folder of the user's own. An adopted method gives a pack of its own
under TANA_HOME/methods: the same tables and that method, so that runs are keyed by it and a report
of an older run still finds the method it was made with.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import nullcontext
from pathlib import Path

from assessments.pack.load import PACK_FILES, load_pack, pack_digest
from assessments.pack.method_file import METHOD
from assessments.pack.model import Pack
from assessments.settings import private_folder, read_settings
from assessments.store import Assessment, Store, open_store
from assessments.store.methods import AdoptedMethod, adopted_methods
from assessments.store.packs import kept_pack, pack_in_place, pack_of, settle


def own_pack(assessment: Assessment, digest: str = "", store: Store | None = None) -> Pack:
    """The pack whose questions went out, with the method of record.

    With `digest` (of an older run): with the method that the run was made with, where it is known.
    It is the version that the assessment stands under, also after the pack moved on to a later one.
    `store` where it is open already.
    Raises UnknownPack where that version is neither in its place nor kept.
    """
    in_place = pack_in_place(assessment)
    if in_place is not None and digest == in_place.digest:
        return in_place
    with nullcontext(store) if store else open_store(read_only=True) as found:
        opened = in_place or pack_of(found, assessment)
        if digest:
            adopted = _folder(opened, digest)
            made_with = kept_pack(found, opened.id, digest=digest)
            if adopted.is_dir() or made_with is not None:
                return made_with or load_pack(adopted)
        methods = adopted_methods(found, opened.id)
    if in_place is None:  # a later version may have a method that does not fit this one
        methods = tuple(one for one in methods if one.pack_version == opened.version)
    if digest:
        for one in methods:
            pack = pack_with(opened, one)
            if pack.digest == digest:
                return pack
    return pack_with(opened, methods[-1]) if methods else opened


def _folder(pack: Pack, digest: str) -> Path:
    """Where a pack under an adopted method is kept."""
    return read_settings().home / "methods" / f"{pack.id}_{digest[:16]}"


def pack_with(pack: Pack, adopted: AdoptedMethod) -> Pack:
    """The pack's tables with an adopted method, in a folder under TANA_HOME/methods.

    An adopted method stays of record when the tables of the pack change. Raises PackFault where it
    no longer fits them: adopt one that does.
    """
    source = Path(pack.folder)
    methods = private_folder(read_settings().home / "methods")
    scratch = Path(tempfile.mkdtemp(prefix=".", dir=methods))
    try:
        for file in PACK_FILES:
            if (source / file).is_file():
                shutil.copyfile(source / file, scratch / file)
        (scratch / METHOD).write_text(adopted.toml, encoding="utf-8")
        folder = _folder(pack, pack_digest(scratch))
        settle(scratch, folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return load_pack(folder)
