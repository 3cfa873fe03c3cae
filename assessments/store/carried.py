"""Answers as the version of the pack asks that an assessment stands under now.

Answers are stored as they were given, under the version of the workbook they came in. Whoever reads
them for a later version has them carried over here, by the rules that version declares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assessments.errors import UnknownPack
from assessments.pack.carry import carry_over
from assessments.pack.model import Pack, Question
from assessments.results import Answer, AnswerState
from assessments.store.facade import Store
from assessments.store.packs import kept_pack


@dataclass(frozen=True, slots=True)
class AnswersUnder:
    """The standing answers of an assessment, under one version of its pack."""

    answers: tuple[Answer, ...]  # to questions of that version
    earlier: tuple[Answer, ...] = ()  # as given to other versions, whatever became of them
    asked: Mapping[str, Question] = field(default_factory=dict)  # by the id of an earlier answer
    left: tuple[Answer, ...] = ()  # those of the earlier ones whose question is no longer asked


def answers_under(
    store: Store,
    iso3: str,
    round_: str,
    pack: Pack,
    *,
    versions: Mapping[str, int] | None = None,
    standing_under: str = "",
) -> AnswersUnder:
    """Every standing answer, carried over to `pack` where it was given to another version.

    An entry in a workbook of this version stands before a carried one; a blank does not.
    With `versions` (institution to submission), what stood then: what an earlier run rested on.
    `standing_under` is the version of submissions that name none: that of `pack`, unless given.
    Raises UnknownPack where a version that answers were given to is not kept.
    """
    answers = store.answers(iso3, round_, versions=versions)
    given_to = {
        item.workbook_sha256: item.pack_version or standing_under
        for item in store.submissions(iso3, round_, history=True)
        if (item.pack_version or standing_under) not in ("", pack.version)
    }
    if not given_to:
        return AnswersUnder(answers)
    apart: dict[str, list[Answer]] = {}
    for answer in answers:
        apart.setdefault(given_to.get(answer.source.workbook_sha256, ""), []).append(answer)
    standing = {(one.institution, one.question): one for one in apart.pop("", [])}
    earlier: list[Answer] = []
    left: list[Answer] = []
    asked: dict[str, Question] = {}
    for version, given in apart.items():
        old = _kept(store, pack, version)
        over = carry_over(given, old, pack)
        _complete(standing, over.answers)
        left += over.left
        earlier += given
        asked |= {one.id: old.question[one.question] for one in given}
    order = {question.name: place for place, question in enumerate(pack.questions)}
    return AnswersUnder(
        tuple(sorted(standing.values(), key=lambda one: (one.institution, order[one.question]))),
        tuple(earlier),
        asked,
        tuple(left),
    )


def _complete(standing: dict[tuple[str, str], Answer], carried: Iterable[Answer]) -> None:
    for answer in carried:
        key = answer.institution, answer.question
        there = standing.get(key)
        if there is None or (there.state is AnswerState.BLANK and not there.raw):
            standing[key] = answer


def _kept(store: Store, pack: Pack, version: str) -> Pack:
    old = kept_pack(store, pack.id, version=version)
    if old is None:
        raise UnknownPack(
            f"Answers were given to version {version} of {pack.id}, which is not kept in this "
            "store.",
            "Bring back a backup of the store that has it, with `tana db restore`.",
        )
    return old
