"""The pack an assessment was opened with: shipped with tana, or a folder of the user's own."""

from __future__ import annotations

from assessments.pack.load import load_pack
from assessments.pack.model import Pack
from assessments.store import Assessment


def own_pack(assessment: Assessment) -> Pack:
    """The pack whose questions went out. Raises UnknownPack where its folder has been moved."""
    return load_pack(assessment.pack_folder or assessment.pack_id)
