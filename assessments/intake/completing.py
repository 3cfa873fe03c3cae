"""A return is read beside what its institution returned before, because it completes that.

Skip logic reads the earlier answers where the return is blank. So what a file says depends on what
stood when it was read: a copy of an earlier file is known again by reading it as it was read then,
and a file beside which another return of the institution came in is read once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from assessments.pack.model import Pack
from assessments.problems import Problem
from assessments.results import Answer, AnswerState, Sensitivity
from assessments.store import AcceptedSubmission, Store
from assessments.store.carried import answers_under
from assessments.workbook.read import Reading


@dataclass(frozen=True, slots=True)
class Checked:
    """A file, or one submission of an export, after all checks and before anything is stored."""

    reading: Reading
    pack: Pack | None
    problems: tuple[Problem, ...]
    completes: int | None = None  # newest return it was read beside, 0: none; None: does not matter
    beside: Beside | None = None  # reads it anew beside other earlier answers
    # of questions whose sensitivity the pack does not say
    sensitivity: Mapping[str, Sensitivity] = field(default_factory=dict)


Beside = Callable[[Iterable[Answer]], Checked]


def beside_earlier(
    store: Store, pack: Pack, iso3: str, round_: str, institution: str, read: Beside
) -> Checked:
    """What the institution's file says, read beside all that it returned before."""
    # the number first: what comes in between is then noticed when the answers are stored
    newest = max((one.version for one in _counting(store, iso3, round_, institution)), default=0)
    before = answers_under(store, iso3, round_, pack).answers if newest else ()  # all its country's
    checked = read(_of(institution, before))
    return replace(checked, completes=newest, beside=read)


def read_again(store: Store, checked: Checked) -> Checked:
    """The same beside what stands now."""
    identity = checked.reading.identity
    if identity is None or checked.pack is None or checked.beside is None:
        return checked
    who = identity.iso3, identity.round, identity.institution
    return beside_earlier(store, checked.pack, *who, checked.beside)


def read_as_before(store: Store, checked: Checked) -> Iterator[Checked]:
    """The same as it would have been read when each return that counts came in, newest first."""
    identity = checked.reading.identity
    if identity is None or checked.pack is None or checked.beside is None:
        return
    if _stands_alone(checked.reading, checked.pack):
        return
    iso3, round_, institution = identity.iso3, identity.round, identity.institution
    numbers = [one.version for one in _counting(store, iso3, round_, institution)]
    for before in [*reversed(numbers[:-1]), 0] if numbers else []:
        then = answers_under(store, iso3, round_, checked.pack, versions={institution: before})
        yield replace(
            checked.beside(_of(institution, then.answers)),
            completes=checked.completes,
            beside=checked.beside,
        )


def _stands_alone(reading: Reading, pack: Pack) -> bool:
    """True where the file itself says all that its skip logic reads: it reads the same ever after.

    Looking at it again beside each earlier return would cost more with every return there is.
    """
    rules = (pack.question[answer.question].relevant for answer in reading.answers)
    read = {name for rule in rules if rule is not None for name in rule.names}
    silent = (AnswerState.BLANK, AnswerState.SKIPPED)
    said = {one.question for one in reading.answers if one.state not in silent or one.raw}
    return read <= said


def _counting(store: Store, iso3: str, round_: str, institution: str) -> list[AcceptedSubmission]:
    """The returns of the institution that were not withdrawn, oldest first."""
    own = [
        one
        for one in store.submissions(iso3, round_, history=True)
        if one.institution == institution and one.withdrawn_at is None
    ]
    return sorted(own, key=lambda one: one.version)


def _of(institution: str, answers: Iterable[Answer]) -> tuple[Answer, ...]:
    return tuple(answer for answer in answers if answer.institution == institution)
