"""Run `tana` in this process, on a home of its own, and look at the store it leaves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assessments.cli.main import app
from assessments.settings import Settings
from assessments.store import open_store


@dataclass(frozen=True)
class Said:
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Tana:
    """`tana` with its own TANA_HOME."""

    home: Path

    def __call__(self, *words: object) -> Said:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TANA_HOME", str(self.home))
            patch.delenv("TANA_DATABASE_URL", raising=False)
            result = CliRunner().invoke(app, [str(word) for word in words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise AssertionError(f"a traceback: {result.exception!r}") from result.exception
        return Said(result.exit_code, result.stdout, result.stderr)

    def state(self) -> tuple[str, int, list[str]]:
        """Digest of the answers of XAA 2026, length of the audit trail, names of originals."""
        with open_store(Settings(home=self.home)) as store:
            kept = store.originals.folder
            names = sorted(item.name for item in kept.iterdir()) if kept.is_dir() else []
            return store.answers_digest("XAA", "2026"), len(store.audit()), names
