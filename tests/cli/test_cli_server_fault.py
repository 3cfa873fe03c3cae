"""A Prefect server that ends or cannot write is told in a sentence, never by its traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assessments.cli.output import human

# In a process of its own: whoever imports Prefect here decides its settings for tests that follow.
COMMAND = """
import httpx
import typer
from prefect.exceptions import PrefectHTTPStatusError
from assessments.cli.output import human

asked = httpx.Request("POST", "http://127.0.0.1:1/api/flow_runs/")
gone = httpx.ConnectError("All connection attempts failed", request=asked)
full = PrefectHTTPStatusError("500", request=asked, response=httpx.Response(500, request=asked))

@human
def command(as_json: bool) -> None:
    raise FAULT

try:
    command(as_json=True)
except typer.Exit as ended:
    raise SystemExit(ended.exit_code)
"""


@pytest.mark.parametrize("fault", ["gone", "full"])
def test_what_the_server_could_not_do_is_told_with_its_log(fault: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMMAND.replace("FAULT", fault)],
        env={**os.environ, "TANA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    said = json.loads(done.stdout)
    assert "Prefect's server could not go on" in said["message"]
    assert str(tmp_path / "prefect" / "server.log") in said["remedy"]


def test_a_fault_of_ours_is_not_put_down_to_the_server() -> None:
    @human
    def command() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        command()
