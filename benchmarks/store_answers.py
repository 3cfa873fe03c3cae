"""How long the store takes for the answers of the world, against raw `executemany`.

Both write the same answers into the same tables with the same indexes and the same durability
(write-ahead log, `synchronous=FULL`, foreign keys), each into a new file, in turns. Raw means
prepared tuples handed to sqlite3 in one transaction; the store also makes columns of answers,
digests, the evidence register, versions and the sealed audit trail.
"""

from __future__ import annotations

import gc
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from assessments.results import Answer, AnswerState, Source
from assessments.store import Store, Submission, open_store
from assessments.store.digest import STORED, answer_row
from assessments.store.models import ALL
from benchmarks.measure import Measure

COUNTRIES = 193
QUESTIONS = 195  # put to one institution: 193 countries then give 301,080 answers
INSTITUTIONS = ("CA", "PROS", "JUD", "POL", "FIU", "MOJ", "MFA", "COORD")
PACK = ("cooperation", "2026.1", "d" * 64)
ROUNDS = 3
LIMIT = 2.0


def codes() -> list[str]:
    """193 made-up codes, none of a State."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [f"X{first}{second}" for first in letters for second in letters][:COUNTRIES]


def submissions() -> list[Submission]:
    """Eight institutions a country, 195 questions each."""
    return [
        Submission(
            iso3=iso3,
            round="2026",
            institution=institution,
            workbook_sha256=f"{place:032x}{number:032x}",
            answers=tuple(_answer(iso3, institution, item) for item in range(QUESTIONS)),
            file_name=f"{iso3}_2026_{institution}.xlsx",
        )
        for place, iso3 in enumerate(codes())
        for number, institution in enumerate(INSTITUTIONS)
    ]


def _answer(iso3: str, institution: str, item: int) -> Answer:
    values = ("yes", "3", float(item), "A law of the country, article 12", None)
    value = values[item % len(values)]
    return Answer(
        id=f"ANS_{iso3}_2026_{institution}_Q_{item}",
        question=f"Q_{item}",
        institution=institution,
        state=AnswerState.BLANK if value is None else AnswerState.ANSWERED,
        value=value,
        evidence="Act 12 of 2019, s 4" if item % 25 == 0 else "",
        comment="as in the last report" if item % 10 == 0 else "",
        source=Source(workbook_sha256="", sheet="LEG", cell=f"E{item + 8}"),
    )


def opened(folder: Path) -> Store:
    """A new store in which all assessments are open."""
    store = open_store(folder / "tana.db")
    for iso3 in codes():
        store.open_assessment(iso3, "2026", *PACK)
    return store


def by_the_store(folder: Path, sent: list[Submission]) -> float:
    """Seconds that `accept_many` takes."""
    with opened(folder) as store:
        began = time.perf_counter()
        store.accept_many(sent)
        return time.perf_counter() - began


def by_hand(folder: Path, sent: list[Submission]) -> float:
    """Seconds of `executemany` on tuples that were prepared before."""
    opened(folder).close()
    names = ("submission_id", *STORED)
    rows: list[tuple[object, ...]] = []
    heads: list[tuple[object, ...]] = []
    (heading,) = (table for table in ALL if table.name == "submission")
    columns = [column for column in heading.columns if not column.nullable]
    for number, item in enumerate(sent, 1):
        own: dict[str, object] = {
            "id": number,
            "assessment_id": (number - 1) // len(INSTITUTIONS) + 1,
            "institution": item.institution,
            "version": number,
            "workbook_sha256": str(number),
        }
        heads.append(
            tuple(own.get(c.name, 0 if c.type.python_type is int else "") for c in columns)
        )
        rows += [(number, *answer_row(answer, place)) for place, answer in enumerate(item.answers)]
    connection = sqlite3.connect(folder / "tana.db", isolation_level=None)
    for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        f"INSERT INTO submission ({', '.join(c.name for c in columns)}) "
        f"VALUES ({', '.join('?' * len(columns))})",
        heads,
    )
    connection.executemany(
        f"INSERT INTO answer ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows
    )
    connection.execute("COMMIT")
    seconds = time.perf_counter() - began
    connection.close()
    return seconds


def rounds(sent: list[Submission], count: int) -> list[tuple[float, float]]:
    """Seconds of store and raw in turns, the first of each pair alternating."""
    pairs = []
    for number in range(count):
        seconds: dict[object, float] = {}
        order = (by_the_store, by_hand) if number % 2 else (by_hand, by_the_store)
        for way in order:
            with tempfile.TemporaryDirectory() as folder:
                gc.collect()
                seconds[way] = way(Path(folder), sent)
        pairs.append((seconds[by_the_store], seconds[by_hand]))
    return pairs


def measures() -> list[Measure]:
    """The median of the rounds' own ratios."""
    sent = submissions()
    ratio = statistics.median(store / raw for store, raw in rounds(sent, ROUNDS))
    stored = sum(len(item.answers) for item in sent)
    what = f"storing {stored} answers of {COUNTRIES} countries against raw executemany, SQLite"
    return [Measure(what, ratio, LIMIT, at_most=True)]
