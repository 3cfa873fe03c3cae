"""Move an open assessment to a later version of its pack, with everything it was answered."""

from __future__ import annotations

from assessments.errors import Mistake, PackFault
from assessments.pack.check_changes import check_history
from assessments.pack.compare import compare_packs
from assessments.pack.load import list_packs, load_pack
from assessments.pack.model import Pack
from assessments.pack.tables import Faults
from assessments.problems import refuses
from assessments.results import AnswerState, Value
from assessments.store import Assessment, Store, open_store
from assessments.store.carried import AnswersUnder, answers_under
from assessments.store.packs import earlier_versions, keep_pack, move_assessment, pack_of


class Moved(Value):
    """What a move to a later version means for the answers of an assessment."""

    iso3: str
    round: str
    before: str  # id and version
    after: str
    declared: tuple[str, ...]  # rules of changes.csv
    carried: int  # answers that count as answers to the later version
    to_confirm: tuple[str, ...]  # ids of questions put again: the earlier answer cannot be compared
    left: tuple[str, ...]  # ids of answers to questions that are no longer asked


def move_version(
    iso3: str, round_: str, *, pack: str = "", by: str, reason: str, dry_run: bool = False
) -> Moved:
    """Let the assessment stand under the version of `pack` from now on.

    Without `pack`, the pack that it was opened with, as it is now. Raises UnknownRound and
    UnknownPack, PackFault where the later version does not account for every question of the
    earlier one, and Mistake where it is no other version of the pack, or one it was moved on from.
    """
    with open_store() as store:
        assessment = store.assessment(iso3, round_)
        old = pack_of(store, assessment)
        named = pack or assessment.pack_folder or assessment.pack_id
        new = load_pack(named)
        _check(store, assessment, old, new)
        keep_pack(store, old, by=by)
        under = answers_under(store, iso3, round_, new, standing_under=old.version)
        told = _told(assessment, old, new, under)
        if not dry_run:
            keep_pack(store, new, by=by)
            folder = "" if named in list_packs() else new.folder
            move_assessment(store, iso3, round_, new, folder=folder, by=by, reason=reason)
    return told


def _check(store: Store, assessment: Assessment, old: Pack, new: Pack) -> None:
    if new.id != old.id or new.version == old.version:
        raise Mistake(
            f"{assessment.iso3} {assessment.round} stands under {old.id} {old.version}; "
            f"{new.id} {new.version} is no other version of it.",
            "Name the folder of the later version with --pack.",
        )
    if new.version in earlier_versions(store, assessment.iso3, assessment.round):
        raise Mistake(
            f"{assessment.iso3} {assessment.round} was moved on from version {new.version}.",
            "Answers are carried forward only; open another round for the earlier version.",
        )
    faults = Faults()
    check_history(new, [old], faults)
    if refuses(faults.problems):
        raise PackFault(
            f"Version {new.version} does not account for version {old.version}: "
            f"{faults.problems[0]}",
            f"Run `tana pack check {new.folder} --against {old.folder}` and correct it.",
            tuple(faults.problems),
        )


def _told(assessment: Assessment, old: Pack, new: Pack, under: AnswersUnder) -> Moved:
    return Moved(
        iso3=assessment.iso3,
        round=assessment.round,
        before=f"{old.id} {old.version}",
        after=f"{new.id} {new.version}",
        declared=tuple(row.rule for row in compare_packs(old, new).declared),
        carried=sum(one.state is AnswerState.ANSWERED for one in under.answers),
        to_confirm=tuple(
            one.id
            for one in under.answers
            if one.state is AnswerState.BLANK and one.carried and one.raw
        ),
        left=tuple(one.id for one in under.left if one.state is not AnswerState.BLANK),
    )
