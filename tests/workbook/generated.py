"""Fill workbooks with generated answers, read them back, and tell every difference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from assessments.pack.model import Pack, Tier
from assessments.results import Answer
from assessments.workbook.fill import UnfitAnswers, fill_workbook
from assessments.workbook.read import Reading, read_workbook
from assessments.workbook.write import build_workbook

from .answer_sets import AnswerSet, Read, make
from .conftest import COUNTRY
from .office import Office

LANGUAGES = ("en", "fr", "es", "ar")


@dataclass(frozen=True)
class Trip:
    """What one answer set came to."""

    number: int
    refused: bool = False  # an entry that no cell can keep, refused while filling
    answers: int = 0
    wrong: tuple[str, ...] = ()


def blanks(pack: Pack, folder: Path) -> dict[str, Path]:
    """A blank workbook in each language."""
    return {
        language: build_workbook(
            pack, COUNTRY, "2026", "CA", language, Tier.DEEP, folder / f"blank-{language}.xlsx",
            reference_date=date(2026, 11, 23), deadline=date(2027, 1, 31),
        )
        for language in LANGUAGES
    }  # fmt: skip


def trip(
    number: int, pack: Pack, blank: dict[str, Path], folder: Path, office: Office | None = None
) -> Trip:
    """Fill set `number` into a workbook of one of the languages and read it.

    With an `office`, LibreOffice opens and saves it in between: odd numbers as xlsx, even ones
    as ods and then as xlsx.
    """
    made = make(number, office=office is not None)
    answers = folder / f"{number}.csv"
    answers.write_text(made.as_csv(), encoding="utf-8", newline="")
    path = folder / f"{number}.xlsx"
    try:
        fill_workbook(blank[LANGUAGES[number % len(LANGUAGES)]], answers, path)
    except UnfitAnswers as refused:
        said = made.unfit and f": {made.unfit} has" in refused.message
        return Trip(number, True, 0, () if said else (f"set {number}: refused: {refused.message}",))
    if made.unfit:
        return Trip(number, False, 0, (f"set {number}: {made.unfit} was not refused",))
    if office is not None:
        for kind in ("ods", "xlsx") if number % 2 == 0 else ("xlsx",):
            saved = folder / f"{number}-saved.{kind}"
            path = office.do("saved", path, saved)
    reading = read_workbook(path, pack)
    wrong = tuple(f"set {number}: {fault}" for fault in differences(made, reading))
    return Trip(number, False, len(reading.answers), wrong)


def differences(made: AnswerSet, reading: Reading) -> Iterator[str]:
    """Where what was read is not what was meant."""
    if not reading.accepted:
        yield "; ".join(map(str, reading.problems))
    read = {answer.question: answer for answer in reading.answers}
    told = {problem.question for problem in reading.problems if problem.cell}
    for question, expected in made.expected.items():
        if question not in read:
            yield f"{question} was not read"
        elif of(read[question]) != expected:
            yield f"{question}: {_first_difference(repr(expected), repr(of(read[question])))}"
        elif read[question].state.value == "unusable" and question not in told:
            yield f"{question} is unusable and no cell is named"


def of(answer: Answer) -> Read:
    """The part of an answer that a respondent gave."""
    return (
        answer.state, answer.value, answer.evidence, answer.evidence_class, answer.comment
    )  # fmt: skip


def _first_difference(one: str, other: str) -> str:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    around = slice(max(0, at - 20), at + 40)
    return f"…{one[around]!a} became …{other[around]!a}"


def trips(
    numbers: Iterable[int], pack: Pack, folder: Path, office: Office | None = None
) -> Iterator[Trip]:
    """Many trips: in two threads, or one after the other through the one LibreOffice."""
    blank = blanks(pack, folder)
    one: Callable[[int], Trip] = partial(trip, pack=pack, blank=blank, folder=folder, office=office)
    if office is not None:
        yield from map(one, numbers)
        return
    with ThreadPoolExecutor(2) as threads:
        yield from threads.map(one, numbers)
