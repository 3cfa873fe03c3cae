"""Prefect is tana's guest: a user's own server, profile and telemetry have no say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

LOOK = """
import json, sys
from assessments.settings import read_settings
from flows.prefect_home import settle_prefect
settle_prefect(read_settings())
settle_prefect(read_settings())
from prefect.settings import get_current_settings
now = get_current_settings()
print(json.dumps({
    "grammar of web addresses": "lark" in sys.modules,
    "home": str(now.home),
    "api": now.api.url,
    "key": now.api.key and "set",
    "analytics": now.server.analytics_enabled,
    "ephemeral": now.server.ephemeral.enabled,
    "database": now.server.database.connection_url.get_secret_value(),
}))
"""


def test_settings_of_the_user_are_set_aside(tmp_path: Path) -> None:
    """A dead server, a cloud key, a profile and a database of the user; HOME is not even set."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "profiles.toml").write_text(
        'active = "work"\n[profiles.work]\nPREFECT_API_URL = "http://127.0.0.1:1/api"\n'
    )
    environment = {name: value for name, value in os.environ.items() if name != "HOME"}
    environment |= {
        "TANA_HOME": str(tmp_path / "tana"),
        "PREFECT_HOME": str(mine),
        "PREFECT_PROFILE": "work",
        "PREFECT_API_URL": "http://127.0.0.1:2/api",
        "PREFECT_API_KEY": "pnu_mine",
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": "postgresql+asyncpg://mine/mine",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "true",
    }
    environment.pop("TANA_PREFECT_SETTLED", None)
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found = json.loads(done.stdout)
    assert found.pop("database").startswith(f"sqlite+aiosqlite:///{tmp_path}/tana/prefect/")
    assert found.pop("grammar of web addresses") is False, "Prefect takes twice as long to import"
    assert found == {
        "home": str(tmp_path / "tana" / "prefect"),
        "api": None,
        "key": None,
        "analytics": False,
        "ephemeral": True,
    }
