"""PostgreSQL goes away while a workbook is received, and comes back: the run waits for it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from private_postgresql import NoServer, stoppable_server

from assessments import paths
from assessments.settings import Settings
from assessments.store import open_store

COUNTRY = "XAD"
TANA = "from assessments.cli.main import run; run()"
RECEIVE = """
import sys
from pathlib import Path
from assessments.settings import read_settings
from flows.prefect_home import settle_prefect
settle_prefect(read_settings())
from flows.prefect_server import start_server
answers = start_server(read_settings().prefect)
from flows.receive_workbooks import receive_workbooks
answers()
print("begins", flush=True)
(receipt,) = receive_workbooks([Path(sys.argv[1])], by="registry")
print(receipt.accepted, receipt.new)
"""


def test_a_run_waits_for_the_database_and_keeps_each_workbook_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    try:
        with stoppable_server() as server:
            environment = {
                **os.environ,
                "TANA_HOME": str(home),
                "TANA_DATABASE_URL": server.address,
            }
            returned = _returned(tmp_path, environment)
            server.stop()
            with subprocess.Popen(
                [sys.executable, "-c", RECEIVE, str(returned)],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            ) as receiving:
                assert receiving.stdout is not None
                assert receiving.stdout.readline() == "begins\n"
                _wait_for_a_vain_attempt(home / "prefect" / "prefect.db")
                server.start()
                said, faults = receiving.communicate(timeout=200)
            assert said == "True True\n", faults
            settings = Settings(home=home, database_url=server.address)
            with open_store(settings) as store:
                assert len(store.submissions(COUNTRY, "2026", history=True)) == 1
                assert store.verify().ok
    except NoServer as reason:
        pytest.skip(str(reason))


def _returned(folder: Path, environment: dict[str, str]) -> Path:
    """A workbook of the police, as it comes back."""

    def tana(*words: object) -> str:
        command = [sys.executable, "-c", TANA, *map(str, words)]
        done = subprocess.run(
            command, env=environment, cwd=folder, capture_output=True, text=True, check=True
        )
        return done.stdout

    words = ("questionnaire", "build", "--country", COUNTRY, "--round", "2026", "--tier", "deep")
    made = json.loads(tana(*words, "--institution", "POL", "--out", folder, "--json"))
    answers, returned = paths.EXAMPLES / COUNTRY / "POL.csv", folder / "POL.xlsx"
    tana("questionnaire", "fill", made["workbooks"][0], "--answers", answers, "--out", returned)
    return returned


def _wait_for_a_vain_attempt(history: Path) -> None:
    """Until Prefect's page says that a task is to be tried again."""
    import time

    until = time.monotonic() + 120
    with sqlite3.connect(f"file:{history}?mode=ro", uri=True) as connection:
        while time.monotonic() < until:
            query = "SELECT message FROM task_run_state WHERE name = 'AwaitingRetry'"
            if connection.execute(query).fetchone():
                return
            time.sleep(0.2)
    raise AssertionError("no attempt was made without the database")
