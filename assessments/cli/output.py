"""How every command speaks: results on standard output, progress and faults on standard error.

With `--json` standard output holds one JSON document and nothing else.
"""

from __future__ import annotations

import functools
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, NoReturn, ParamSpec, TypeVar

import typer

from assessments.errors import TanaError

Given = ParamSpec("Given")
Returned = TypeVar("Returned")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Round = Annotated[
    str, typer.Option("--round", help="A year, such as 2026; the open round if not given.")
]


def _who(given: str) -> str:
    """The name given, or that of the account."""
    from assessments.store.who import named

    return named(given)


By = Annotated[
    str,
    typer.Option(
        "--by", help="Who does this, for the audit trail; your account if not given.", callback=_who
    ),
]

_asked_for_json = False


def say(text: str = "") -> None:
    """One line of the result, for a person."""
    typer.echo(text)


def counted(count: int, thing: str) -> str:
    """`1 question`, `2 questions`."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def print_json(document: object) -> None:
    """The result as one JSON document."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=1, default=str))


def print_table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """A table as wide as its content, so that it can be piped on."""
    lines = [[str(cell) for cell in row] for row in (list(head), *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        say("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def fail(error: TanaError) -> NoReturn:
    """Say what is wrong and what to do, and leave with the error's exit status."""
    if _asked_for_json:
        document: dict[str, Any] = {
            "error": type(error).__name__,
            "message": error.message,
            "remedy": error.remedy,
        }
        problems = getattr(error, "problems", ())
        if problems:
            document["problems"] = [problem.model_dump() for problem in problems]
        print_json(document)
    typer.echo(f"{error.message}\n{error.remedy}".strip(), err=True)
    for problem in getattr(error, "problems", ()):
        typer.echo(f"  {problem}", err=True)
    raise typer.Exit(error.exit_status)


def human(command: Callable[Given, Returned]) -> Callable[Given, Returned]:
    """A command whose faults are sentences with a remedy, never tracebacks."""

    @functools.wraps(command)
    def run(*given: Given.args, **named: Given.kwargs) -> Returned:
        global _asked_for_json  # noqa: PLW0603 - one command a process
        _asked_for_json = bool(named.get("as_json"))
        _log_to_stderr()
        from assessments.settings import private_files

        private_files()
        try:
            return command(*given, **named)
        except TanaError as error:
            fail(error)
        except BrokenPipeError:  # the reader of our output has gone: nothing left to say
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
        except OSError as error:
            place = f" {error.filename}" if error.filename else ""
            fail(
                TanaError(
                    f"The system does not let us use{place} "
                    f"({error.strerror or type(error).__name__}).",
                    "Check that it exists, is of the right kind, and that you may use it.",
                )
            )
        # By name: to import what these faults are would cost every command a second. Prefect's
        # own fault for an answer such as 500 is one of httpx.
        except Exception as error:
            if not any(kind.__module__.startswith("httpx") for kind in type(error).__mro__):
                raise
            fail(_server_fault(error))

    return run


def _server_fault(error: Exception) -> TanaError:
    """Prefect's server has ended or cannot write; what it said last is in its log."""
    from assessments.settings import read_settings

    return TanaError(
        f"Prefect's server could not go on ({type(error).__name__}).",
        f"Nothing is lost. Mend the cause (a full disk? {read_settings().prefect / 'server.log'} "
        "knows) and give the command again: what was done is not redone.",
    )


def _log_to_stderr() -> None:
    logger = logging.getLogger("tana")
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s  %(message)s", "%H:%M:%S"))
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False


class _JsonLines(logging.Formatter):
    """One JSON object a line, for a log collector."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "said": record.getMessage()}
        return json.dumps(line, ensure_ascii=False)


def log_as_json() -> None:
    """From now on what happens is told as JSON lines, for a log collector."""
    for handler in logging.getLogger("tana").handlers:
        handler.setFormatter(_JsonLines())


def dump(value: Any) -> Any:
    """A result model, or a mapping or list of them, as plain JSON values."""
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return {key: dump(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [dump(item) for item in value]
    return value
