"""The compose file says what the program understands: commands, settings, addresses, secrets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from assessments.cli.main import app
from assessments.settings import Settings

DEPLOY = Path(__file__).parent.parent / "deploy"


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return dict(yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"])


def ours(services: dict[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in services.items() if item["image"] == "tana"}


def test_commands_are_commands_of_tana(services: dict[str, Any]) -> None:
    assert set(ours(services)) == {"upgrade", "serve", "worker"}
    for item in ours(services).values():
        command: Any = typer.main.get_command(app)
        for word in item["command"]:
            command = command.commands[word]
        command.make_context(item["command"][-1], [])


def test_settings_are_settings_of_tana(services: dict[str, Any]) -> None:
    for item in ours(services).values():
        names = {name.removeprefix("TANA_").lower() for name in item["environment"]}
        assert names <= set(Settings.model_fields)


def test_all_share_one_home_and_one_store(services: dict[str, Any]) -> None:
    assert {tuple(item["volumes"]) for item in ours(services).values()} == {("home:/var/lib/tana",)}
    assert len({item["environment"]["TANA_DATABASE_URL"] for item in ours(services).values()}) == 1
    assert "TANA_HOME=/var/lib/tana" in (DEPLOY / "Dockerfile").read_text(encoding="utf-8")


def test_page_wants_a_password_and_is_published_to_this_machine_only(
    services: dict[str, Any],
) -> None:
    given = {
        name.removeprefix("TANA_").lower(): value
        for name, value in services["serve"]["environment"].items()
    }
    assert Settings(serve_host=given["serve_host"], serve_auth="a:b").may_listen
    assert not Settings(serve_host=given["serve_host"]).may_listen
    assert ":?" in given["serve_auth"], "nothing starts without a password"
    assert all(port.startswith("127.0.0.1:") for port in services["serve"]["ports"])
    port = str(Settings.model_fields["serve_port"].default)
    assert services["serve"]["ports"][0].endswith(f":{port}")
    assert f"http://serve:{port}/api" == services["worker"]["environment"]["TANA_PREFECT_API_URL"]


def test_every_file_that_is_mounted_or_copied_exists(services: dict[str, Any]) -> None:
    mounted = [v.split(":")[0] for v in services["database"]["volumes"] if v.startswith("./")]
    assert mounted
    assert all((DEPLOY / path).is_file() for path in mounted)
    assert (DEPLOY.parent / "requirements.lock").is_file()


def test_dask_is_pinned_beside_the_lock_and_never_against_it() -> None:
    """What `tana[dask]` adds: each with hashes, none of it another version of what is locked."""
    added = _pinned(DEPLOY / "dask.lock")
    assert {"dask", "distributed", "prefect-dask"} <= set(added)
    assert not set(added) & set(_pinned(DEPLOY.parent / "requirements.lock"))
    assert all("--hash=sha256:" in entry for entry in added.values())
    assert all("==" in entry.partition(" ")[0] for entry in added.values())


def _pinned(lock: Path) -> dict[str, str]:
    """Name to the entry of a package."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if line.strip()]
    return {re.split(r"[\[=]", line)[0]: line for line in lines}
