"""A Prefect server that ends or cannot write is told in a sentence, never by its traceback."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
import typer
from prefect.exceptions import PrefectHTTPStatusError

from assessments.cli.output import human

ASKED = httpx.Request("POST", "http://127.0.0.1:1/api/flow_runs/")
GONE = httpx.ConnectError("All connection attempts failed", request=ASKED)
FULL = PrefectHTTPStatusError("500", request=ASKED, response=httpx.Response(500, request=ASKED))


@pytest.mark.parametrize("fault", [GONE, FULL])
def test_what_the_server_could_not_do_is_told_with_its_log(
    fault: Exception,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TANA_HOME", str(tmp_path))

    @human
    def command(as_json: bool) -> None:
        raise fault

    with pytest.raises(typer.Exit) as ended:
        command(as_json=True)
    assert ended.value.exit_code == 1
    said = json.loads(capsys.readouterr().out)
    assert "Prefect's server could not go on" in said["message"]
    assert str(tmp_path / "prefect" / "server.log") in said["remedy"]


def test_a_fault_of_ours_is_not_put_down_to_the_server() -> None:
    @human
    def command() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        command()
