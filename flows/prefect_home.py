"""Prefect as tana's guest: its state under TANA_HOME, no telemetry, no user settings of others.

Call `settle_prefect` before anything imports `prefect`: it reads its settings at import.
"""

from __future__ import annotations

import os
import sys

from assessments.settings import PREFECT_AUTH, Settings, private_files, private_folder

_LOOPBACK = "127.0.0.1,localhost,::1"
HEARTBEAT_SECONDS = 30  # a run that is alive says so this often; Prefect's smallest


def settle_prefect(settings: Settings, *, api_url: str = "") -> None:
    """Point Prefect at its folder under TANA_HOME and at no server but our own.

    Raises RuntimeError where Prefect was imported before, and so reads other settings.
    """
    private_files()
    if os.environ.get("TANA_PREFECT_SETTLED") == str(settings.prefect):
        return
    if "prefect" in sys.modules:
        raise RuntimeError("prefect was imported before its settings were made")
    auth = settings.serve_auth or os.environ.get(PREFECT_AUTH, "")
    # A user's own profile, server or settings must neither steer nor see an assessment.
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]
    os.environ.update(_of_every_process(settings) | _of_the_server(settings))
    if auth:
        os.environ.update({PREFECT_AUTH: auth, "PREFECT_API_AUTH_STRING": auth})
    if api_url or settings.prefect_api_url:
        os.environ["PREFECT_API_URL"] = api_url or settings.prefect_api_url


def _of_every_process(settings: Settings) -> dict[str, str]:
    home = private_folder(settings.prefect)
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "DO_NOT_TRACK": "1",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
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
        "TANA_PREFECT_SETTLED": str(settings.prefect),
    } | settings.as_environment()


def _of_the_server(settings: Settings) -> dict[str, str]:
    database = settings.prefect_database_url
    return {
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # a first start takes 20
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",  # none is used
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        # One row and one commit for each change of each step took a third of the server's time; its
        # page is a second behind instead. What waits is written when the server is stopped.
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "50",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(settings.prefect / "page"),
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs,orphans",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(settings.keep_runs_days * 86400),
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"P{settings.keep_runs_days}D",
    } | ({"PREFECT_SERVER_DATABASE_CONNECTION_URL": database} if database else {})


def _with_loopback(variable: str) -> str:
    given = os.environ.get(variable, "")
    return given if given == "*" else ",".join(filter(None, [given, _LOOPBACK]))
