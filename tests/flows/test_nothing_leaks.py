"""Answers given in confidence are where they belong and nowhere else, and go when they are deleted.

Marked secrets stand in and beside restricted and confidential answers of two returns, in cells that
cannot be read, in a correction, in a file that is refused and below the table. The whole way of one
country is then gone, each command in a process of its own, and every byte that was printed, logged
or written is searched.
"""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest

from assessments import paths
from assessments.pack.load import load_pack
from assessments.results import AnswerState, Sensitivity
from assessments.settings import FOLDER_MODE, Settings
from assessments.store import open_store
from assessments.workbook.fill import HEADER, fill_workbook

COUNTRY = "XAD"
TEXT, NUMBER = "Sentinel-Okapi-5813", 718_293_645  # as words, and where a number is asked
MARKS = (TEXT, str(NUMBER), f"{NUMBER:,}")
# where answers belong: the store, received files, executed notebooks, copies to be sent back
KEEPERS = ("tana.db", "tana.db-wal", "tana.db-shm", "received/", "runs/", "inbox/")


@dataclass
class House:
    """A home, and all that its commands said."""

    folder: Path
    home: Path
    said: list[str] = field(default_factory=list)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        scratch = self.folder / "tmp"
        scratch.mkdir(exist_ok=True)
        done = subprocess.run(
            [sys.executable, *command],
            env={
                **os.environ,
                "TANA_HOME": str(self.home),
                "TMPDIR": str(scratch),
                "TANA_PREFECT_LOGGING": "DEBUG",
                "TANA_PREFECT_CONSOLE": "DEBUG",
            },
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
        self.said.append(done.stdout + done.stderr)
        return done

    def tana(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("-c", "from assessments.cli.main import run; run()", *words)

    def holding(self, *, but: tuple[str, ...] = ()) -> list[str]:
        """Files of the home and the scratch folder that hold a mark, packed or not."""
        found = []
        for root in (self.home, self.folder / "tmp"):
            for path in root.rglob("*"):
                name = str(path.relative_to(root))
                if path.is_file() and not name.startswith(but) and _marked(path):
                    found.append(name)
        return found


def _marked(path: Path) -> bool:
    content = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            content += b"".join(archive.read(name) for name in archive.namelist())
    return any(mark.encode() in content for mark in MARKS)


FLOWS = """
from assessments.settings import read_settings
from flows.prefect_home import settle_prefect
settle_prefect(read_settings())
from flows.receive_workbooks import receive_workbooks
from flows.assess_country import assess_country
receive_workbooks(by="registry")  # what lies in the inbox
assess_country("XAD", "2026", by="registry")
"""


def _with_secrets(code: str, target: Path) -> Path:
    """The example's answers, with a mark beside every answer that is not public."""
    pack = load_pack("cooperation")
    closed = {q.name for q in pack.asked_of(code) if q.sensitivity is not Sensitivity.PUBLIC}
    with (paths.EXAMPLES / COUNTRY / f"{code}.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    told = set()
    for line in lines:
        if line["question"] in closed - told:
            line["comment"] = line["evidence"] = TEXT
            told.add(line["question"])
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="")
        writer.writeheader()
        writer.writerows(lines)
    return target


def _edited(source: Path, target: Path, entries: dict[str, object], *, spoiled: bool) -> Path:
    """The workbook with these answers, a stray note, and where `spoiled` without one name."""
    book = openpyxl.load_workbook(source)
    for question, value in entries.items():
        ((sheet, cell),) = book.defined_names[f"q_{question}"].destinations
        book[sheet][cell.replace("$", "")] = value
        book[sheet]["N500"] = TEXT
    if spoiled:
        del book.defined_names["q_STR_1_01"]
    book.save(target)
    return target


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """XAD with two returns full of marks: by command and by inbox, assessed and reported."""
    folder = tmp_path_factory.mktemp("leaks")
    house = House(folder, folder / "home")
    made = house.tana(
        *("questionnaire", "build", "--country", COUNTRY, "--round", "2026", "--tier", "deep"),
        *(
            "--institution",
            "POL",
            "--institution",
            "COORD",
            "--out",
            str(folder / "sent"),
            "--json",
        ),
    )
    for book in json.loads(made.stdout)["workbooks"]:
        code = "POL" if "_POL" in book else "COORD"
        answers = _with_secrets(code, folder / f"{code}.csv")
        fill_workbook(Path(book), answers, folder / f"{code}.xlsx")
    police, coordination = folder / "POL.xlsx", folder / "COORD.xlsx"
    good = _edited(police, folder / "POL-1.xlsx", {"OPS_8_02": NUMBER}, spoiled=False)
    better = {"OPS_8_02": NUMBER, "STR_4_07": TEXT, "OPS_8_04": str(NUMBER)}
    corrected = _edited(police, folder / "POL-2.xlsx", better, spoiled=False)
    refused = _edited(police, folder / "POL-3.xlsx", better, spoiled=True)
    inbox = house.home / "inbox"
    inbox.mkdir(mode=FOLDER_MODE)
    hidden: dict[str, object] = {"CTX_3_04": TEXT, "CTX_6_02": TEXT, "CTX_6_04": TEXT}
    _edited(coordination, inbox / "COORD.xlsx", hidden, spoiled=False)
    _edited(coordination, inbox / "COORD-bad.xlsx", {"STR_1_01": TEXT, **hidden}, spoiled=True)
    files = (str(good), str(corrected), str(refused))
    assert house.tana("ingest", *files).returncode == 1, house.said[-1]
    again = house.tana("ingest", *files, "--dry-run", "--json")
    accepted = [receipt["accepted"] for receipt in json.loads(again.stdout)["files"]]
    assert accepted == [True, True, False]
    flows = house.run("-c", FLOWS)
    assert flows.returncode == 0, flows.stderr[-3000:]
    out = folder / "out"
    for words in (
        ("report", COUNTRY, "--out", str(out), "--json"),
        ("export", COUNTRY, "--to", "csv", "--out", str(out), "--json"),
        ("db", "verify", "--json"),
    ):
        assert house.tana(*words).returncode == 0, house.said[-1]
    return house


def test_the_marks_arrived(house: House) -> None:
    """Else the other tests would show nothing."""
    with open_store(Settings(home=house.home)) as store:
        answers = {(a.institution, a.question): a for a in store.answers(COUNTRY, "2026")}
    assert answers["POL", "OPS_8_02"].value == float(NUMBER)
    assert answers["COORD", "CTX_3_04"].value == TEXT
    for key in (("POL", "STR_4_07"), ("POL", "OPS_8_04"), ("COORD", "CTX_6_02")):
        assert answers[key].state is AnswerState.UNUSABLE
        assert any(mark in answers[key].raw for mark in MARKS)
    assert house.holding()


def test_no_mark_is_printed_or_logged(house: House) -> None:
    """Of ingest with problems, corrections and refusals, of flows at debug level, of reports."""
    assert [text for text in house.said if any(mark in text for mark in MARKS)] == []


def test_no_mark_is_in_a_file_but_where_answers_are_kept(house: House) -> None:
    """Not in Prefect's database and logs, kernels' folders, temporary files."""
    assert (house.home / "prefect" / "prefect.db").is_file()
    assert house.holding(but=KEEPERS) == []
    reasons = list((house.home / "inbox" / "refused").glob("*.txt"))
    assert len(reasons) == 1
    assert not any(map(_marked, reasons))


def test_no_mark_is_in_the_public_report_and_export(house: House) -> None:
    made = [path for path in (house.folder / "out").rglob("*") if path.is_file()]
    assert {path.suffix for path in made} >= {".docx", ".csv"}
    assert [path.name for path in made if _marked(path)] == []


def test_every_file_is_its_owner_s_alone(house: House) -> None:
    written = [*house.home.rglob("*"), *(house.folder / "out").rglob("*")]
    # what others dropped into the inbox keeps its rights, in a folder that nobody else may enter
    written = [path for path in written if path.name not in ("COORD.xlsx", "COORD-bad.xlsx")]
    loose = [str(path) for path in written if path.stat().st_mode & 0o077]
    assert loose == []


def _artifacts(house: House) -> int:
    """Artifacts of the assessment, as Prefect's own database counts them."""
    with sqlite3.connect(house.home / "prefect" / "prefect.db") as database:
        query = f"SELECT count(*) FROM artifact WHERE key LIKE '%-{COUNTRY.lower()}-2026'"
        return int(database.execute(query).fetchone()[0])


def test_deletion_leaves_an_audit_entry_and_no_byte_of_the_answers(house: House) -> None:
    """Originals, notebooks, results, the inbox, Prefect's page, SQLite's free pages and its log."""
    assert _artifacts(house) > 0
    done = house.tana(
        *("assessment", "delete", COUNTRY, "--by", "Head", "--reason", "asked", "--yes", "--json")
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["copies"] == 2  # the one that was taken, and what to send back
    # a file that was refused was never the assessment's; the officer deletes it and its copy
    assert [name for name in house.holding() if "COORD-bad" not in name] == []
    assert _artifacts(house) == 0
    left = b"".join(path.read_bytes() for path in house.home.glob("tana.db*"))
    assert f"ANS_{COUNTRY}_2026_POL".encode() not in left
    with open_store(Settings(home=house.home)) as store:
        assert [entry.what for entry in store.audit(COUNTRY, "2026")][-1] == "deleted"
        assert store.verify().ok
