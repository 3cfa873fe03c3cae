"""The pack an assessment was opened with, under the method that is of record for it.

A pack is shipped with tana or a folder of the user's own. An adopted method gives a pack of its own
under TANA_HOME/methods: the same tables and that method, so that runs are keyed by it and a report
of an older run still finds the method it was made with.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from assessments.pack.load import PACK_FILES, load_pack, pack_digest
from assessments.pack.method_file import METHOD
from assessments.pack.model import Pack
from assessments.settings import private_folder, read_settings
from assessments.store import Assessment, open_store
from assessments.store.methods import AdoptedMethod, adopted_methods


def own_pack(assessment: Assessment, digest: str = "") -> Pack:
    """The pack whose questions went out, with the method of record.

    With `digest` (of an older run): with the method that the run was made with, where it is known.
    Raises UnknownPack where a folder of the user's own has been moved.
    """
    opened = load_pack(assessment.pack_folder or assessment.pack_id)
    if digest == opened.digest:
        return opened
    kept = _folder(opened, digest)
    if digest and kept.is_dir():
        return load_pack(kept)
    with open_store(read_only=True) as store:
        adopted = adopted_methods(store, opened.id)
    if digest:
        for one in adopted:
            pack = pack_with(opened, one)
            if pack.digest == digest:
                return pack
    return pack_with(opened, adopted[-1]) if adopted else opened


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
        if not folder.is_dir():
            try:
                scratch.rename(folder)
            except OSError:  # another process was faster: the same content
                if not folder.is_dir():
                    raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return load_pack(folder)
