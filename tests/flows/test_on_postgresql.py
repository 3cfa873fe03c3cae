"""One country end to end on PostgreSQL, and nothing confidential where it does not belong.

The flows run in a process of their own with `TANA_DATABASE_URL`, so that kernels have to find the
store by it too. The role of that address may write; a second role that may only read is shown to be
enough for what notebooks read.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from assessments import paths
from assessments.pack.load import load_pack
from assessments.results import Sensitivity
from assessments.settings import FOLDER_MODE, Settings
from assessments.store import open_store
from assessments.workbook.fill import HEADER

COUNTRY, INSTITUTIONS = "XAD", ("CA", "POL")
SENTINEL = "Sentinel-Zebra-4711"  # stands in comments and evidence of confidential answers
# The grants of docs/operation.md.
READER = (
    "CREATE ROLE tana_reader LOGIN",
    "GRANT USAGE ON SCHEMA public TO tana_reader",
    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO tana_reader",
)


@dataclass(frozen=True)
class House:
    """What the flows left."""

    home: Path
    address: str
    said: str  # all that was printed and logged
    documents: list[dict[str, object]]

    def tana(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command in a process of its own, as an officer gives it."""
        return _tana(self.home, self.address, *words)


def _tana(home: Path, address: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from assessments.cli.main import run; run()", *words],
        env={**os.environ, "TANA_HOME": str(home), "TANA_DATABASE_URL": address},
        cwd=home.parent,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )


SCRIPT = """
import json, sys
from pathlib import Path
from assessments.settings import read_settings
from flows.prefect_home import settle_prefect
settle_prefect(read_settings())
from flows.receive_workbooks import receive_workbooks
from flows.assess_country import assess_country
receipts = receive_workbooks([Path(name) for name in sys.argv[2:]], by="registry")
assert all(item.accepted for item in receipts), receipts
print(assess_country(sys.argv[1], "2026", by="registry").model_dump_json())
"""


@pytest.fixture(scope="module")
def house(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> House:
    """XAD with the answers of two institutions, assessed and reported, in a umask of others."""
    folder = tmp_path_factory.mktemp("postgresql")
    home = folder / "home"
    home.mkdir(mode=0o755)
    address = postgresql
    said = ""
    sent = folder / "sent"
    words = ("questionnaire", "build", "--country", COUNTRY, "--round", "2026", "--out", str(sent))
    which = [word for code in INSTITUTIONS for word in ("--institution", code)]
    made = _tana(home, address, *words, *which, "--tier", "deep", "--json")
    assert made.returncode == 0, made.stderr
    files = []
    for book in json.loads(made.stdout)["workbooks"]:
        code = next(code for code in INSTITUTIONS if f"_{code}" in Path(book).stem)
        target = folder / "back" / Path(book).name
        target.parent.mkdir(exist_ok=True)
        answers = _with_sentinels(code, folder / f"{code}.csv")
        filled = _tana(
            *(home, address, "questionnaire", "fill", book),
            *("--answers", str(answers), "--out", str(target)),
        )
        assert filled.returncode == 0, filled.stderr
        files.append(str(target))
    flows = subprocess.run(
        [sys.executable, "-c", SCRIPT, COUNTRY, *files],
        env={
            **os.environ,
            "TANA_HOME": str(home),
            "TANA_DATABASE_URL": address,
            "TANA_PREFECT_LOGGING": "DEBUG",
            "TANA_PREFECT_CONSOLE": "DEBUG",
        },
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
        preexec_fn=lambda: os.umask(0o022),
    )
    said += flows.stdout + flows.stderr
    assert flows.returncode == 0, said[-3000:]
    documents = []
    for command in (
        ("status", "--json"),
        ("db", "verify", "--json"),
        ("report", COUNTRY, "--round", "2026", "--json"),
    ):
        done = _tana(home, address, *command)
        said += done.stdout + done.stderr
        assert done.returncode == 0, done.stderr
        documents.append(json.loads(done.stdout))
    return House(home, address, said, documents)


def _with_sentinels(code: str, target: Path) -> Path:
    """The example's answers; those to confidential questions name the sentinel."""
    pack = load_pack("cooperation")
    hidden = {
        question.name
        for question in pack.asked_of(code)
        if question.sensitivity is Sensitivity.CONFIDENTIAL
    }
    with (paths.EXAMPLES / COUNTRY / f"{code}.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["question"] not in hidden]
    lines += [
        dict.fromkeys(HEADER, "") | {"question": name, "comment": SENTINEL, "evidence": SENTINEL}
        for name in sorted(hidden)
    ]
    assert hidden, "no confidential question is asked of this institution"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(lines)
    return target


def test_flow_kernels_and_commands_use_the_store_on_postgresql(house: House) -> None:
    status, verified, _ = house.documents
    (line,) = status["assessments"]  # type: ignore[misc]
    assert line["answered"] == sorted(INSTITUTIONS)  # type: ignore[index]
    assert verified["ok"] is True
    assert verified["originals"] == len(INSTITUTIONS)
    assert not (house.home / "tana.db").exists()
    with open_store(Settings(home=house.home, database_url=house.address)) as store:
        run = store.latest_run(COUNTRY, "2026")
        assert run is not None
        assert len(run.results) == 8  # four results in two editions


def test_role_that_may_only_read_is_enough_for_notebooks(house: House) -> None:
    """All that a notebook reads, and no row more can be written."""
    url = house.address.replace("postgresql:", "postgresql+psycopg:")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for statement in READER:
            connection.execute(text(statement))
    reader = house.address.replace("tana@", "tana_reader@")
    code = (
        "from assessments.runner.material import load_material\n"
        f"print(len(load_material({COUNTRY!r}, '2026').answers))"
    )
    read = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TANA_HOME": str(house.home), "TANA_DATABASE_URL": reader},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert read.returncode == 0, read.stderr
    assert int(read.stdout) > 50
    refused = _tana(
        *(house.home, reader, "assessment", "withdraw", COUNTRY, "--institution", "CA"),
        *("--by", "x", "--reason", "x"),
    )
    assert refused.returncode == 1
    assert "42501" in refused.stderr  # insufficient privilege
    with admin.connect() as connection:
        connection.execute(text("DROP OWNED BY tana_reader"))
        connection.execute(text("DROP ROLE tana_reader"))
    admin.dispose()


def test_confidential_answers_are_in_no_log_parameter_artifact_or_public_report(
    house: House,
) -> None:
    """Searched byte by byte: what was printed, Prefect's database and logs, the public report."""
    with open_store(Settings(home=house.home, database_url=house.address)) as store:
        kept = [item for item in store.answers(COUNTRY, "2026") if item.comment == SENTINEL]
        assert kept, "the sentinel did not arrive, so this test would show nothing"
        assert all(
            item.classification is Sensitivity.CONFIDENTIAL
            for item in store.evidence(COUNTRY, "2026")
            if item.title == SENTINEL
        )
    assert SENTINEL not in house.said
    searched = [file for file in (house.home / "prefect").rglob("*") if file.is_file()]
    assert any(file.name.startswith("prefect.db") for file in searched)
    assert [file for file in searched if SENTINEL.encode() in file.read_bytes()] == []
    import docx

    reports = list((house.home / "reports").glob("*.docx"))
    assert reports
    for report in reports:
        body = docx.Document(str(report)).element.xml
        assert SENTINEL not in body


def test_files_and_folders_of_the_home_are_their_owners_alone(house: House) -> None:
    loose = [
        f"{path.relative_to(house.home)} {path.stat().st_mode & 0o777:o}"
        for path in house.home.rglob("*")
        if path.stat().st_mode & 0o077
    ]
    assert loose == []
    assert house.home.stat().st_mode & 0o777 == FOLDER_MODE
