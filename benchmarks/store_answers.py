"""How long the store takes for the answers of the world, against raw `executemany`.

Both write the same answers into the same tables with the same indexes and the same durability
(write-ahead log, `synchronous=FULL`, foreign keys), each into a new file, in turns. Raw means
prepared tuples handed to sqlite3 in one transaction; the store also makes columns of answers,
digests, the evidence register, versions and the sealed audit trail.

    python benchmarks/store_answers.py                 5 rounds at 60,000 answers, one at 300,000
    python benchmarks/store_answers.py --answers 20000 --rounds 7 --full 0
"""

from __future__ import annotations

import argparse
import gc
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assessments.results import Answer, AnswerState, Source
from assessments.store import Store, Submission, open_store
from assessments.store.digest import STORED, answer_row

COUNTRIES = 193
QUESTIONS = 195  # put to one institution: 193 countries then give 301,080 answers
INSTITUTIONS = ("CA", "PROS", "JUD", "POL", "FIU", "MOJ", "MFA", "COORD")
PACK = ("cooperation", "2026.1", "d" * 64)
LIMIT = 2.0


@dataclass(frozen=True)
class Seconds:
    """How long something took."""

    wall: float
    processor: float  # of this process: other work on the machine hardly reaches it


class Clock:
    """Runs from the moment it is made."""

    def __init__(self) -> None:
        self.wall, self.processor = time.perf_counter(), time.process_time()

    def passed(self) -> Seconds:
        """What has passed since."""
        return Seconds(time.perf_counter() - self.wall, time.process_time() - self.processor)


def codes() -> list[str]:
    """193 made-up codes, none of a State."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [f"X{first}{second}" for first in letters for second in letters][:COUNTRIES]


def submissions(answers: int) -> list[Submission]:
    """About that many answers: eight institutions a country, 195 questions each."""
    countries = max(1, round(answers / (len(INSTITUTIONS) * QUESTIONS)))
    return [
        Submission(
            iso3=iso3,
            round="2026",
            institution=institution,
            workbook_sha256=f"{place:032x}{number:032x}",
            answers=tuple(_answer(iso3, institution, item) for item in range(QUESTIONS)),
            file_name=f"{iso3}_2026_{institution}.xlsx",
        )
        for place, iso3 in enumerate(codes()[:countries])
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


def by_the_store(folder: Path, sent: list[Submission]) -> Seconds:
    """Seconds that `accept_many` takes."""
    with opened(folder) as store:
        began = Clock()
        store.accept_many(sent)
        return began.passed()


def by_hand(folder: Path, sent: list[Submission]) -> Seconds:
    """Seconds of `executemany` on tuples that were prepared before."""
    opened(folder).close()
    names = ("submission_id", *STORED)
    rows: list[tuple[object, ...]] = []
    heads: list[tuple[object, ...]] = []
    for number, item in enumerate(sent, 1):
        heads.append((number, (number - 1) // len(INSTITUTIONS) + 1, item.institution, number))
        rows += [(number, *answer_row(answer, place)) for place, answer in enumerate(item.answers)]
    connection = sqlite3.connect(folder / "tana.db", isolation_level=None)
    for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    began = Clock()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO submission (id, assessment_id, institution, version, workbook_sha256, "
        "content_digest, answers_digest, answer_count, file_name, size, language, tier, "
        "received_at, received_by) "
        "VALUES (?1, ?2, ?3, ?4, ?4, '', '', 0, '', 0, '', '', '', '')",
        heads,
    )
    connection.executemany(
        f"INSERT INTO answer ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows
    )
    connection.execute("COMMIT")
    seconds = began.passed()
    connection.close()
    return seconds


def rounds(sent: list[Submission], count: int) -> Iterator[tuple[Seconds, Seconds]]:
    """Store and raw in turns, the first of each pair alternating; no warm-up is left out."""
    for number in range(count):
        seconds: dict[object, Seconds] = {}
        order = (by_the_store, by_hand) if number % 2 else (by_hand, by_the_store)
        for way in order:
            with tempfile.TemporaryDirectory() as folder:
                gc.collect()
                seconds[way] = way(Path(folder), sent)
        yield seconds[by_the_store], seconds[by_hand]


def measured(answers: int, count: int) -> dict[str, object]:
    """The figures of some rounds; the ratio is the median of the rounds' own ratios."""
    sent = submissions(answers)
    pairs = list(rounds(sent, count))
    ratios = [store.wall / raw.wall for store, raw in pairs]
    processor = [store.processor / raw.processor for store, raw in pairs]
    return {
        "answers": sum(len(item.answers) for item in sent),
        "submissions": len(sent),
        "rounds": count,
        "store_seconds": [round(store.wall, 2) for store, _ in pairs],
        "raw_seconds": [round(raw.wall, 2) for _, raw in pairs],
        "ratios": [round(ratio, 2) for ratio in ratios],
        "ratio": round(statistics.median(ratios), 2),
        "processor_ratio": round(statistics.median(processor), 2),
        "limit": LIMIT,
    }


def main() -> int:
    """Print the figures as JSON; 1 where the median is above the limit."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--answers", type=int, default=60_000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--full", type=int, default=300_000, help="answers of one full run; 0: none")
    given = asked.parse_args()
    found = [measured(given.answers, given.rounds)]
    if given.full:
        found.append(measured(given.full, 1))
    print(json.dumps({"store_answers": found}, indent=1))
    return int(any(float(str(item["ratio"])) > LIMIT for item in found))


if __name__ == "__main__":
    sys.exit(main())
