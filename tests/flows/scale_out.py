"""`make scale-out`: the same countries in one process on SQLite, and out of one machine.

Out of one machine is here: the store and Prefect's history on PostgreSQL, `tana serve` and a second
worker, of which one is killed with all its processes while it is in the middle of a run. The run is
marked, started again, and ends. Prints what was found; the exit status is 1 where a result differs
from that of one process, a finished step was done again, or anything happened twice.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import httpx
import psutil
from private_postgresql import NoServer, PrivateServer, empty_database, stoppable_server

from assessments import paths
from assessments.runner import STEPS
from assessments.settings import Settings
from assessments.store import open_store
from flows.examples import ROUND, example_countries

WAIT_SECONDS = 1200.0  # for anything; on two busy cores a run takes minutes
FINAL = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
PASSWORD = "officer:secret"
OPEN = """
import sys
from datetime import date
from pathlib import Path
from flows.build_questionnaires import build_questionnaires
from assessments.workbook.fill import fill_workbook
from assessments import paths
out, *codes = sys.argv[1:]
for code in codes:
    sheets = sorted((paths.EXAMPLES / code).glob("*.csv"))[:{institutions}]
    built = build_questionnaires(
        code, "{round}", Path(out) / "sent", institutions=tuple(sheet.stem for sheet in sheets),
        tier="deep", reference_date=date(2026, 6, 30), deadline=date(2026, 9, 30),
    )
    for book, sheet in zip(built, sheets, strict=True):
        if {fill}:
            fill_workbook(book, sheet, Path(out) / "returned" / book.name)
"""
ONE_PROCESS = """
import sys
from pathlib import Path
from assessments.settings import read_settings
from flows.prefect_home import settle_prefect
settle_prefect(read_settings())
from flows.prefect_server import start_server
start_server(read_settings().prefect)()
from flows.receive_workbooks import receive_workbooks
from flows.assess_region import assess_region
returned, checked, *codes = sys.argv[1:]
receipts = receive_workbooks(sorted(Path(returned).glob("*.xlsx")), checked_in=Path(checked))
assert all(receipt.accepted for receipt in receipts), receipts
assess_region(codes, "{round}")
"""
TANA = "from assessments.cli.main import run; run()"


@dataclass
class House:
    """A store, its home, and the processes that work on it."""

    home: Path
    variables: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        clean = {n: v for n, v in os.environ.items() if not n.startswith(("PREFECT_", "TANA_"))}
        return clean | {"TANA_HOME": str(self.home), "TANA_SERVE_AUTH": PASSWORD} | self.variables

    def run(self, code: str, *words: str | Path) -> None:
        """A program of its own on this store, to its end."""
        command = [sys.executable, "-c", code, *map(str, words)]
        subprocess.run(command, env=self.environment(), check=True)

    def start(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        """`tana` with these words in the background; what it says goes to a file."""
        with (self.home.parent / f"{name}.log").open("wb") as log:
            command = [sys.executable, "-c", TANA, *words]
            return subprocess.Popen(command, env=self.environment(), stdout=log, stderr=log)

    def settings(self) -> Settings:
        return Settings(home=self.home, database_url=self.variables.get("TANA_DATABASE_URL", ""))

    def results(self, codes: list[str]) -> dict[str, tuple[str, dict[str, Any]]]:
        """By country the key of the run that stands and its results; all but times of receipt."""
        found = {}
        with open_store(self.settings()) as store:
            for code in codes:
                run = store.latest_run(code, ROUND)
                assert run is not None, f"{code} has no run"
                documents = {name: json.loads(text) for name, text in run.results.items()}
                found[code] = (run.key, {n: _timeless(d) for n, d in documents.items()})
        return found

    def finished(self, code: str) -> dict[Path, int]:
        """The results of steps that are there, each with the moment it was written."""
        folder = self.home / "runs" / f"{code}_{ROUND}"
        found = folder.glob("*/*/result.json")
        return {path: path.stat().st_mtime_ns for path in found if path.parent.suffix != ".part"}


def _timeless(document: Any) -> Any:
    if isinstance(document, dict):
        return {k: _timeless(v) for k, v in document.items() if k != "received_at"}
    return [_timeless(item) for item in document] if isinstance(document, list) else document


class Page:
    """Prefect's API, spoken to as its page does."""

    def __init__(self, url: str) -> None:
        user, _, password = PASSWORD.partition(":")
        self.api = httpx.Client(base_url=url, trust_env=False, timeout=60, auth=(user, password))

    def ask(self, method: str, path: str, **given: Any) -> Any:
        """A request, made again while the server says that it is busy."""
        for _ in range(60):
            answer = self.api.request(method, path, **given)
            if answer.status_code not in {429, 500, 502, 503}:
                break
            time.sleep(1)
        answer.raise_for_status()
        return answer.json()

    def start(self, flow: str, **given: object) -> str:
        """Start a run; returns its id."""
        deployment = self.ask("GET", f"/deployments/name/{flow}/{flow}")["id"]
        wanted = {"parameters": given, "state": {"type": "SCHEDULED"}}
        made = self.ask("POST", f"/deployments/{deployment}/create_flow_run", json=wanted)
        return str(made["id"])

    def state(self, run: str) -> str:
        return str(self.ask("GET", f"/flow_runs/{run}")["state"]["type"])

    def said(self, run: str) -> str:
        return str(self.ask("GET", f"/flow_runs/{run}")["state"]["message"])


def until(what: str, holds: Callable[[], Any]) -> Any:
    """What `holds` returns, as soon as that is something."""
    last = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < last:
        if found := holds():
            return found
        time.sleep(0.3)
    raise SystemExit(f"waited in vain: {what}")


def runs_of(worker: int) -> dict[str, list[int]]:
    """The flow runs that this process carries out, with the processes of each."""
    found: dict[str, list[int]] = {}
    for child in psutil.Process(worker).children(recursive=True):
        try:
            run = child.environ().get("PREFECT__FLOW_RUN_ID")
        except psutil.Error:
            continue
        if run:
            found.setdefault(run, []).append(child.pid)
    return found


def kill_all_of(pid: int) -> int:
    """SIGKILL to a process and all that it has started; returns how many."""
    parent = psutil.Process(pid)
    processes = [*parent.children(recursive=True), parent]
    for process in processes:  # first nobody can react to the end of another
        process.send_signal(signal.SIGSTOP)
    for process in processes:
        process.kill()
    return len(processes)


@contextmanager
def ended(*processes: subprocess.Popen[bytes]) -> Iterator[None]:
    """In the end these processes are asked to end, the last first."""
    try:
        yield
    finally:
        for process in reversed(processes):
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=120)


def one_process(folder: Path, codes: list[str], institutions: int) -> House:
    """The reference: everything in one process on SQLite."""
    one = House(folder / "one" / "home")
    (folder / "returned").mkdir(parents=True)
    one.home.parent.mkdir()
    one.run(OPEN.format(round=ROUND, institutions=institutions, fill=True), folder, *codes)
    one.run(ONE_PROCESS.format(round=ROUND), folder / "returned", folder / "checked", *codes)
    return one


def scaled_out(
    folder: Path,
    codes: list[str],
    given: argparse.Namespace,
    server: PrivateServer,
    store: str,
    history: str,
) -> tuple[House, list[str]]:
    """The same on PostgreSQL with two workers, one killed; returns what went wrong."""
    many = House(
        folder / "many" / "home",
        {
            "TANA_DATABASE_URL": store,
            "TANA_PREFECT_DATABASE_URL": history.replace("postgresql:", "postgresql+asyncpg:"),
            "TANA_RUNS_AT_ONCE": str(max(1, len(codes) // 2)),
        },
    )
    many.home.parent.mkdir()
    many.run(TANA, "db", "upgrade")
    many.run(OPEN.format(round=ROUND, institutions=given.institutions, fill=False), folder, *codes)
    serve = many.start("serve", "serve", "--port", "0")
    said = many.home.parent / "serve.log"
    with ended(serve):
        until("tana serve", lambda: "Ready: " in said.read_text() or serve.poll() is not None)
        if serve.poll() is not None:
            raise SystemExit(said.read_text())
        url = (many.home / "prefect" / "serving").read_text(encoding="utf-8")
        many.variables["TANA_PREFECT_API_URL"] = url
        page = Page(url)
        for path in (folder / "returned").glob("*.xlsx"):
            path.rename(many.home / "inbox" / path.name)
        received = page.start("receive_workbooks")
        until("the inbox", lambda: page.state(received) in FINAL)
        say(f"PostgreSQL: the inbox is received, {page.state(received)}")
        return many, _assessed_with_accidents(many, page, codes, server, given)


def _assessed_with_accidents(
    many: House, page: Page, codes: list[str], server: PrivateServer, given: argparse.Namespace
) -> list[str]:
    """Assess every country; a worker is killed, then the database. What went wrong."""

    def begin(code: str) -> str:
        return page.start("assess_country", country=code, round=ROUND, draft_report=False)

    second = many.start("worker", "worker", "--name", "second")
    runs = {begin(code): code for code in codes}
    killed, done = until("a run in its middle", lambda: _in_the_middle(many, second.pid, runs))
    hers = sum(run in runs for run in runs_of(second.pid))
    count = kill_all_of(second.pid)
    second.wait()
    if given.far:
        (many.home / "prefect" / "under_way" / f"{killed}.json").unlink()
    began = time.monotonic()
    say(
        f"killed the second worker, {count} processes with {hers} of {len(runs)} runs: "
        f"{runs[killed]} had {len(done)} of {len(STEPS)} steps"
    )
    until("the mark", lambda: page.state(killed) in FINAL)
    say(f"{runs[killed]}: {page.state(killed)} after {time.monotonic() - began:.0f} s")
    wrong = [] if page.state(killed) == "CRASHED" else ["the killed run is not marked so"]
    with ended(many.start("third", "worker", "--name", "third")):
        runs[begin(runs[killed])] = runs[killed]
        if given.outage:
            server.stop()
            time.sleep(given.outage)
            server.start()
            say(f"PostgreSQL was away for {given.outage:.0f} s and came back")
        for run, code in list(runs.items()):
            until("every run", lambda run=run: page.state(run) in FINAL)
            if run != killed and page.state(run) != "COMPLETED":
                say(f"{code}: {page.state(run)}: {page.said(run)}")
                runs[begin(code)] = code
        for run in runs:
            until("every run", lambda run=run: page.state(run) in FINAL)
    for code in codes:
        states = [page.state(run) for run, of in runs.items() if of == code]
        say(f"{code}: {', '.join(states)}")
        if states[-1] != "COMPLETED" or "COMPLETED" in states[:-1]:
            wrong.append(f"{code}: {states}")
    now = many.finished(runs[killed])
    return wrong + [f"done again: {path}" for path, when in done.items() if now.get(path) != when]


def _in_the_middle(
    many: House, worker: int, runs: dict[str, str]
) -> tuple[str, dict[Path, int]] | None:
    """A run of this worker with some of its steps done, and their results."""
    for run in runs_of(worker):
        done = many.finished(runs[run]) if run in runs else {}
        if 0 < len(done) < len(STEPS):
            return run, done
    return None


def compared(one: House, many: House, codes: list[str], returned: int) -> list[str]:
    """What differs between the two, or happened twice."""
    here, there = one.results(codes), many.results(codes)
    wrong = [
        f"{code}: run {there[code][0][:12]} instead of {here[code][0][:12]}"
        for code in codes
        if here[code] != there[code]
    ]
    for code in codes:
        steps = sorted(path.parts[-3] for path in many.finished(code))
        if steps != [step.name for step in STEPS]:
            wrong.append(f"{code}: results of {steps}")
    with open_store(many.settings()) as store:
        told = [entry.what for entry in store.audit()]
        verified = store.verify()
    for what, times in (("accepted", returned), ("run", len(codes))):
        if told.count(what) != times:
            wrong.append(f"{told.count(what)} entries «{what}» in the audit trail, not {times}")
    return wrong if verified.ok else [*wrong, f"the store: {verified}"]


def say(text: str) -> None:
    print(f"{time.monotonic() - BEGAN:6.0f} s  {text}", flush=True)


BEGAN = time.monotonic()


def main() -> int:
    """0 where the results are equal and nothing happened twice."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--countries", type=int, default=4, help="of the examples (4)")
    asked.add_argument("--institutions", type=int, default=99, help="of each country (all)")
    asked.add_argument("--outage", type=float, default=10, help="seconds without PostgreSQL (10)")
    asked.add_argument(
        "--far", action="store_true", help="no lock tells of the killed run: heartbeats alone"
    )
    given = asked.parse_args()
    codes = list(example_countries()[: given.countries])
    count = sum(
        min(given.institutions, len(list((paths.EXAMPLES / code).glob("*.csv")))) for code in codes
    )
    try:
        with (
            tempfile.TemporaryDirectory(prefix="tana-scale-") as name,
            stoppable_server() as server,
        ):
            folder = Path(name)
            one = one_process(folder, codes, given.institutions)
            say(f"one process on SQLite: {count} workbooks of {len(codes)} countries assessed")
            with empty_database(server.address) as store, empty_database(server.address) as history:
                many, wrong = scaled_out(folder, codes, given, server, store, history)
                wrong += compared(one, many, codes, count)
    except NoServer as reason:
        print(f"make scale-out needs PostgreSQL: {reason}", file=sys.stderr)
        return 1
    for line in wrong:
        say(f"WRONG  {line}")
    if not wrong:
        say(
            f"EQUAL: {len(codes)} runs on PostgreSQL with two workers, one killed, have the keys "
            "and results of one process on SQLite; nothing was done or kept twice"
        )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
