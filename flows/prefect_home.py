"""Prefect as tana's guest: its state under TANA_HOME, no telemetry, no user settings of others.

Call `settle_prefect` before anything imports `prefect`: it reads its settings at import.
"""

from __future__ import annotations

import os
import sys

from assessments.settings import Settings, private_folder

# A user's own profile, server or proxy must neither steer nor see an assessment.
_SET_ASIDE = (
    "PREFECT_API_URL",
    "PREFECT_API_KEY",
    "PREFECT_PROFILE",
    "PREFECT_API_AUTH_STRING",
    "PREFECT_SERVER_DATABASE_CONNECTION_URL",
    "PREFECT_API_DATABASE_CONNECTION_URL",
)
_LOOPBACK = "127.0.0.1,localhost,::1"


def settle_prefect(settings: Settings, *, api_url: str = "") -> None:
    """Point Prefect at its folder under TANA_HOME and at no server but our own.

    Raises RuntimeError where Prefect was imported before, and so reads other settings.
    """
    if os.environ.get("TANA_PREFECT_SETTLED") == str(settings.prefect):
        return
    if "prefect" in sys.modules:
        raise RuntimeError("prefect was imported before its settings were made")
    home = private_folder(settings.prefect)
    for name in _SET_ASIDE:
        os.environ.pop(name, None)
    os.environ.update(
        {
            "PREFECT_HOME": str(home),
            "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
            "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # a first start takes 20
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_CLI_PROMPT": "false",
            "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
            "PREFECT_LOGGING_LEVEL": os.environ.get("TANA_PREFECT_LOGGING", "ERROR"),
            # A failed task is told in one sentence by the command; its traceback is for the page.
            "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": os.environ.get(
                "TANA_PREFECT_CONSOLE", "CRITICAL"
            ),
            "PREFECT_LOGGING_TO_API_ENABLED": "true",
            "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
            "NO_PROXY": _with_loopback("NO_PROXY"),
            "no_proxy": _with_loopback("no_proxy"),
            # Kernels and workers are processes of their own and must find the same store.
            "TANA_HOME": str(settings.home),
            "TANA_PREFECT_SETTLED": str(settings.prefect),
        }
    )
    if api_url:
        os.environ["PREFECT_API_URL"] = api_url


def _with_loopback(variable: str) -> str:
    given = os.environ.get(variable, "")
    return given if given == "*" else ",".join(filter(None, [given, _LOOPBACK]))


def start_server_early() -> None:
    """Ask Prefect for its server in the background, so that other work hides its start-up."""
    import threading

    threading.Thread(target=_hello, name="prefect-server", daemon=True).start()


def _hello() -> None:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        client.hello()
