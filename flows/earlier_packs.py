"""The versions of a pack that this office has sent out: what a later version must account for."""

from __future__ import annotations

from assessments.errors import StoreFault
from assessments.pack.load import find_pack, read_pack
from assessments.pack.model import Pack
from assessments.store import open_store
from assessments.store.packs import kept_pack, kept_versions


def earlier_packs(name: str) -> tuple[Pack, ...]:
    """Every other version of the pack `name` (id or folder) that the configured store keeps.

    None where there is no store yet. Raises UnknownPack where there is no such pack.
    """
    pack, _ = read_pack(find_pack(name))
    if pack is None:
        return ()
    try:
        store = open_store(read_only=True)
    except StoreFault:  # nothing was sent out from here, or not by this tana
        return ()
    with store:
        found = (
            kept_pack(store, pack.id, version=version)
            for version in kept_versions(store, pack.id)
            if version != pack.version
        )
        return tuple(one for one in found if one is not None)
