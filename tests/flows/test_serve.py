"""`tana serve` as an officer uses it: forms, inbox, assessment, approval, accidents, a clean end.

One service for the module, in a process of its own, with a small questionnaire of one institution.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from assessments import paths
from assessments.settings import Settings
from assessments.store import Run, open_store
from assessments.workbook.fill import fill_workbook
from flows.build_questionnaires import build_questionnaires

COUNTRY, ROUND = "XAD", "2026"
PASSWORD = "officer:secret"
TANA = "from assessments.cli.main import run; run()"
# `tana serve` with a clock that can be set: by as many seconds as a file says.
ADJUSTABLE = """
import os, time
true_time = time.time
time.time = lambda: true_time() + float(open(os.environ["CLOCK"]).read())
"""
BUSY = {429, 502, 503}
FINAL = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="process groups of Linux")


@dataclass
class Service:
    """A running `tana serve`, spoken to as Prefect's page does."""

    process: subprocess.Popen[str]
    home: Path
    returned: Path  # a filled workbook that nobody has received
    api: httpx.Client

    def start(self, flow: str, **given: object) -> httpx.Response:
        """Ask for a run, as the form does."""
        deployment = self.ask("GET", f"/deployments/name/{flow}/{flow}").json()["id"]
        return self.ask(
            "POST",
            f"/deployments/{deployment}/create_flow_run",
            json={"parameters": given, "state": {"type": "SCHEDULED"}},
        )

    def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        """A request, made again while the server says that it is busy, as Prefect's client does."""
        for _ in range(60):
            answer = self.api.request(method, path, **given)
            if answer.status_code not in BUSY:
                break
            time.sleep(0.5)
        return answer

    def state(self, run: str) -> dict[str, Any]:
        return dict(self.ask("GET", f"/flow_runs/{run}").json())

    def until(self, run: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The run as soon as `holds` says so."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            found = self.state(run)
            if holds(found):
                return found
            time.sleep(0.2)
        raise AssertionError(f"still {found['state']}")

    def run(self, flow: str, **given: object) -> dict[str, Any]:
        """A run from its start to its end."""
        asked = self.start(flow, **given)
        assert asked.status_code == 201, asked.text
        return self.until(asked.json()["id"], lambda found: found["state"]["type"] in FINAL)

    def artifacts(self, run: str) -> dict[str, dict[str, Any]]:
        wanted = {"artifacts": {"flow_run_id": {"any_": [run]}}}
        found = self.ask("POST", "/artifacts/filter", json=wanted).json()
        return {item["key"]: item for item in found}

    @property
    def inbox(self) -> Path:
        return self.home / "inbox"

    def stands(self) -> Run | None:
        with open_store(Settings(home=self.home)) as store:
            return store.latest_run(COUNTRY, ROUND)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A home with one workbook in the inbox, served at a port of its own with a password."""
    home = tmp_path_factory.mktemp("serve") / "home"
    before = dict(os.environ)
    os.environ["TANA_HOME"] = str(home)
    try:
        ca, pol = build_questionnaires(
            COUNTRY, ROUND, home.parent / "sent", institutions=("CA", "POL"), tier="deep"
        )
    finally:
        os.environ.clear()
        os.environ.update(before)
    inbox = home / "inbox"
    inbox.mkdir()
    examples = paths.EXAMPLES / COUNTRY
    fill_workbook(ca, examples / "CA.csv", inbox / "CA.xlsx")
    returned = home.parent / "POL.xlsx"
    fill_workbook(pol, examples / "POL.csv", returned)
    with _served(home) as (process, url):
        client = httpx.Client(
            base_url=url, trust_env=False, timeout=30, auth=tuple(PASSWORD.split(":"))
        )
        yield Service(process, home, returned, client)


@contextmanager
def _served(home: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    environment = {name: value for name, value in os.environ.items() if name[:7] != "PREFECT"}
    environment.pop("TANA_PREFECT_SETTLED", None)
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            (ADJUSTABLE if "CLOCK" in settings else "") + TANA,
            "serve",
            "--port",
            "0",
        ],
        env=environment
        | {"TANA_HOME": str(home), "TANA_SERVE_AUTH": PASSWORD, "TANA_LOG_FORMAT": "json"}
        | settings,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        for line in process.stderr:
            said = json.loads(line)["said"]
            if said.startswith("Ready: "):
                yield process, f"{said.split()[1]}/api"
                break
        else:
            raise AssertionError("tana serve ended before it was ready")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


# --- forms ------------------------------------------------------------------------------------


def test_forms_offer_what_is_open_and_explain_each_field(service: Service) -> None:
    offered = service.api.post("/deployments/filter", json={}).json()
    forms = {item["name"]: item for item in offered}
    assert set(forms) == {"receive_workbooks", "assess_country", "assess_region", "publish_report"}
    fields = forms["assess_country"]["parameter_openapi_schema"]["properties"]
    assert fields["country"]["enum"] == [COUNTRY]
    assert (fields["round"]["enum"], fields["round"]["default"]) == ([ROUND], ROUND)
    assert all(item["title"] and item["description"] for item in fields.values())
    assert forms["receive_workbooks"]["schedules"][0]["schedule"]["interval"] == 300


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"country": "ZZZ", "round": ROUND}, "'ZZZ' is not one of ['XAD']"),
        ({"country": "../../etc/passwd"}, "'../../etc/passwd' is not one of"),
        ({"country": COUNTRY, "round": "2019"}, "'2019' is not one of ['2026']"),
        ({"country": COUNTRY, "budget": "a lot"}, "budget"),
    ],
)
def test_what_cannot_be_is_refused_before_a_run_is_made(
    service: Service, given: dict[str, str], said: str
) -> None:
    refused = service.start("assess_country", **given)
    assert refused.status_code == 409
    assert said in refused.json()["detail"]


def test_page_and_api_want_the_password_and_health_does_not(service: Service) -> None:
    stranger = httpx.Client(base_url=service.api.base_url, trust_env=False)
    assert stranger.post("/deployments/filter", json={}).status_code == 401
    assert stranger.get("/health").status_code == 200
    host = service.api.base_url.host
    assert host == "127.0.0.1"
    settings = service.api.get("/admin/settings").json()["server"]
    assert settings["analytics_enabled"] is False
    assert settings["ui"]["show_promotional_content"] is False


# --- the inbox --------------------------------------------------------------------------------


def test_inbox_is_emptied_and_what_is_no_workbook_is_told(service: Service) -> None:
    """Rubbish, a folder, a link, a file of 2 GB, one that is still being written."""
    inbox = service.inbox
    (inbox / "folder").mkdir()
    (inbox / "rubbish.xlsx").write_text("hello")
    (inbox / "link.xlsx").symlink_to("/etc/hostname")
    with (inbox / "huge.xlsx").open("wb") as file:
        file.truncate(2 << 30)
    unfinished = inbox / "unfinished.xlsx"
    with unfinished.open("wb") as writing:
        writing.write(b"PK")
        writing.flush()
        done = service.run("receive_workbooks", by="registry")
    assert done["state"]["type"] == "COMPLETED", done["state"]
    assert re.fullmatch(r"Inbox \d{4}-\d\d-\d\d \d\d:\d\d UTC", done["name"])
    told = service.artifacts(done["id"])
    assert told["progress"]["data"] == 100
    table = json.loads(told["received-workbooks"]["data"])
    outcome = {line["file"]: line["outcome"] for line in table}
    assert outcome["CA.xlsx"] == "accepted"
    assert outcome["rubbish.xlsx"] == outcome["huge.xlsx"] == "refused"
    assert "is a folder" in outcome["folder"]
    assert "no ordinary file" in outcome["link.xlsx"]
    assert "still being written" in outcome["unfinished.xlsx"]
    assert unfinished.exists()
    assert (inbox / "taken" / "CA.xlsx").is_file()
    assert "20 MB" in (inbox / "refused" / "huge.xlsx.why.txt").read_text(encoding="utf-8")
    unfinished.unlink()
    (inbox / "link.xlsx").unlink()
    (inbox / "folder").rmdir()


# --- a run, and two officers ------------------------------------------------------------------


def test_two_officers_start_the_same_country_and_nothing_is_computed_twice(
    service: Service,
) -> None:
    asked = [service.start("assess_country", country=COUNTRY, draft_report=False) for _ in range(2)]
    ends = [
        service.until(item.json()["id"], lambda found: found["state"]["type"] in FINAL)
        for item in asked
    ]
    assert [end["state"]["type"] for end in ends] == ["COMPLETED"] * 2
    assert {end["name"] for end in ends} == {f"{COUNTRY} {ROUND}"}
    assert {"tana", "assessment", COUNTRY, ROUND} <= set(ends[0]["tags"])
    done = [
        line
        for end in ends
        for line in service.artifacts(end["id"])[f"assessment-{COUNTRY.lower()}-{ROUND}"][
            "data"
        ].splitlines()
        if line.startswith("Done now:")
    ]
    steps = [name for line in done for name in line.removeprefix("Done now:").split(",")]
    computed = [name for step in steps if (name := step.strip().rstrip(". "))[:1].isdigit()]
    assert sorted(computed) == [
        "1_check_answers",
        "2_score_gaps",
        "3_set_priorities",
        "4_design_project",
    ]


def test_a_run_tells_its_story_and_leads_to_report_and_notebooks(service: Service) -> None:
    done = service.run("assess_country", country=COUNTRY)
    told = service.artifacts(done["id"])
    here = f"{COUNTRY.lower()}-{ROUND}"
    assert "nothing, all results still hold" in told[f"assessment-{here}"]["data"]
    assert {f"answered-{here}", f"profile-{here}", f"report-{here}", "standing"} <= set(told)
    assert told["progress"]["data"] == 100
    assert sum("executed notebook" in (item["description"] or "") for item in told.values()) == 4
    assert (service.home / "reports" / f"{COUNTRY}_{ROUND}_public_en.docx").is_file()


# --- approval ---------------------------------------------------------------------------------


def test_approval_publishes_and_a_later_answer_voids_it_on_the_page(service: Service) -> None:
    nobody = service.start("publish_report", country=COUNTRY, approved_by=" ")
    assert nobody.status_code == 409
    done = service.run("publish_report", country=COUNTRY, approved_by="Head of unit")
    assert done["state"]["type"] == "COMPLETED", done["state"]
    told = service.artifacts(done["id"])
    run = service.stands()
    assert run is not None
    approval = told[f"approval-{COUNTRY.lower()}-{ROUND}"]["data"]
    assert "Head of unit" in approval
    assert run.key in approval
    (line,) = json.loads(told["standing"]["data"])
    assert line["approval"].startswith("approved by Head of unit")

    service.returned.rename(service.inbox / "POL.xlsx")
    received = service.run("receive_workbooks")
    (line,) = json.loads(service.artifacts(received["id"])["standing"]["data"])
    assert line["approval"].startswith("void")
    late = service.run("publish_report", country=COUNTRY, approved_by="Head of unit")
    assert late["state"]["type"] == "FAILED"
    assert "cannot be approved" in late["state"]["message"]


# --- accidents --------------------------------------------------------------------------------


def test_killed_run_is_marked_and_the_next_one_completes_it(service: Service) -> None:
    """SIGKILL to everything of the run, as soon as it is known to be under way."""
    run = service.start(
        "assess_country", country=COUNTRY, budget="400000", draft_report=False
    ).json()["id"]
    note = service.home / "prefect" / "under_way" / f"{run}.json"
    until = time.monotonic() + 60
    while not note.exists() and time.monotonic() < until:
        time.sleep(0.02)
    killed = _processes_of(run)
    assert killed
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    found = service.until(run, lambda found: found["state"]["type"] in FINAL)
    assert found["state"]["type"] == "CRASHED", found["state"]
    again = service.run("assess_country", country=COUNTRY, budget="400000", draft_report=False)
    assert again["state"]["type"] == "COMPLETED"
    assert not list((service.home / "runs").rglob("*.part"))


def _processes_of(run: str) -> list[int]:
    """Processes whose environment names the flow run."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
        except OSError:
            continue
        if f"PREFECT__FLOW_RUN_ID={run}".encode() in environment:
            found.append(int(folder.name))
    return found


def test_stopping_leaves_no_process_and_nothing_running(service: Service) -> None:
    """SIGTERM while a run is under way; the module's service ends here."""
    run = service.start(
        "assess_country", country=COUNTRY, budget="500000", draft_report=False
    ).json()["id"]
    note = service.home / "prefect" / "under_way" / f"{run}.json"
    until = time.monotonic() + 60
    while not note.exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert note.exists()
    service.process.send_signal(signal.SIGTERM)
    assert service.process.wait(timeout=60) == 0
    left = [
        folder.name
        for folder in Path("/proc").glob("[0-9]*")
        if f"TANA_HOME={service.home}".encode() in _environment(folder)
    ]
    assert left == []
    assert not (service.home / "prefect" / "serving").exists()
    with open_store(Settings(home=service.home)) as store:
        assert store.verify().ok


def test_inbox_is_looked_into_without_anybody_asking(service: Service) -> None:
    """By Prefect's schedule, of a service that has been started again on the same home."""
    service.process.wait(timeout=60)
    with _served(service.home, TANA_INBOX_SECONDS="10"):
        _is_taken(service.inbox, "late.xlsx")


def test_server_is_started_anew_where_the_clock_is_set_back(
    service: Service, tmp_path: Path
) -> None:
    """Its services wait for times of the day: for two hours nobody would look into the inbox."""
    service.process.wait(timeout=60)
    clock = tmp_path / "clock"
    clock.write_text("0")
    with _served(service.home, TANA_INBOX_SECONDS="10", CLOCK=str(clock)) as (process, url):
        before = _servers_of(process)
        clock.write_text("-7200")
        said = _until_said(process, "started again")
        assert any("moved by -120 minutes" in line for line in said)
        after = _servers_of(process)
        assert len(before) == len(after) == 1
        assert before != after
        assert httpx.get(f"{url}/health", trust_env=False, timeout=30).status_code == 200
        _is_taken(service.inbox, "later.xlsx")


def _servers_of(process: subprocess.Popen[str]) -> list[int]:
    return [
        child.pid
        for child in psutil.Process(process.pid).children()
        if "flows.prefect_server" in child.cmdline()
    ]


def _until_said(process: subprocess.Popen[str], words: str) -> list[str]:
    """What the service says until it says this, within two minutes."""
    said = []
    assert process.stderr is not None
    enough = threading.Timer(120, process.terminate)
    enough.start()
    for line in process.stderr:
        said.append(json.loads(line)["said"])
        if words in said[-1]:
            enough.cancel()
            return said
    raise AssertionError(f"never said {words!r}: {said}")


def _is_taken(inbox: Path, name: str) -> None:
    """Put rubbish into the inbox, and see it refused."""
    (inbox / name).write_text("rubbish")
    until = time.monotonic() + 120
    while not (inbox / "refused" / name).exists():
        assert time.monotonic() < until, "nobody looked into the inbox"
        time.sleep(0.2)


def _environment(folder: Path) -> bytes:
    try:
        return (folder / "environ").read_bytes()
    except OSError:
        return b""
