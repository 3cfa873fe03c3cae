"""`tana serve` and `tana worker`: Prefect's page for officers, and hands that do the work."""

from __future__ import annotations

from typing import Annotated

import typer

from assessments.cli.output import AsJson, human, log_as_json, print_json, say


def add_to(app: typer.Typer) -> None:
    """Make the commands known."""
    app.command(epilog="Example: tana serve --port 4200")(serve)
    app.command(epilog="Example: tana worker --name 'second machine'")(worker)


@human
def serve(
    port: Annotated[
        int | None, typer.Option(help="Port of the page; 4200 if not given or set.")
    ] = None,
    host: Annotated[
        str | None, typer.Option(help="Address to listen at; loopback if not given or set.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Start Prefect's page with the four deployments, watch the inbox, until Ctrl-C.

    receive_workbooks takes in what lies in the inbox; assess_country, assess_region and
    publish_report are started from the page. Any address but loopback wants the setting serve_auth.
    """
    from assessments.errors import Mistake
    from assessments.settings import read_settings
    from flows.serve import serve as run

    settings = read_settings()
    given = {"serve_port": port, "serve_host": host}
    settings = settings.model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )
    if not settings.may_listen:
        raise Mistake(
            f"{settings.serve_host} can be reached from other machines, and no password is set.",
            "Set TANA_SERVE_AUTH=USER:PASSWORD, or listen at 127.0.0.1.",
        )
    if settings.log_format == "json":
        log_as_json()
    run(settings)
    if as_json:
        print_json({"stopped": True})


@human
def worker(
    name: Annotated[str, typer.Option(help="How the page names it; the machine's name.")] = "",
    as_json: AsJson = False,
) -> None:
    """Take runs from the work pool of a `tana serve` elsewhere, until Ctrl-C.

    Needs the settings prefect_api_url and, on all machines, database_url and a shared TANA_HOME.
    """
    from assessments.errors import Mistake
    from assessments.settings import read_settings
    from flows.prefect_server import answers
    from flows.worker import work

    settings = read_settings()
    if settings.log_format == "json":
        log_as_json()
    url = settings.prefect_api_url
    if not url or not answers(url):
        raise Mistake(
            f"No Prefect server answers at {url}." if url else "No Prefect server is named.",
            "Set TANA_PREFECT_API_URL=http://HOST:4200/api to that of tana serve.",
        )
    work(name)
    if as_json:
        print_json({"stopped": True})
    else:
        say("Stopped")
