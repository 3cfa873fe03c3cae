"""Which version of a pack a return is read with, and what is said of an earlier one."""

from __future__ import annotations

from assessments.pack.model import Pack
from assessments.problems import Problem
from assessments.store import Assessment, Store
from assessments.store.packs import earlier_versions, kept_pack, pack_of
from assessments.workbook.texts import fault


def version_asked(store: Store, assessment: Assessment, pack_id: str, version: str) -> Pack:
    """The version that was answered, where the assessment once stood under it; else its own."""
    if pack_id != assessment.pack_id or version in ("", assessment.pack_version):
        return pack_of(store, assessment)
    old = None
    if version in earlier_versions(store, assessment.iso3, assessment.round):
        old = kept_pack(store, pack_id, version=version)
    return pack_of(store, assessment) if old is None else old


def of_earlier_version(assessment: Assessment, pack: Pack, name: str) -> tuple[Problem, ...]:
    """A note that the answers were given to an earlier version, where they were."""
    if pack.id != assessment.pack_id or pack.version == assessment.pack_version:
        return ()
    note = fault("earlier-version", value=pack.version, expected=assessment.pack_version)
    return (note.model_copy(update={"file": name}),)
