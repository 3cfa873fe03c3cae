"""The small sound pack, which the tests break in one place each."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pack_folder import PackFolder

from assessments.problems import Problem


@pytest.fixture
def pack(tmp_path: Path) -> PackFolder:
    """The small pack, sound until a test breaks it."""
    return PackFolder(tmp_path / "small")


@pytest.fixture
def problem(pack: PackFolder) -> Callable[[str], Problem]:
    """The one problem of a code; fails where it is absent or stands twice."""

    def found(code: str) -> Problem:
        report = pack.check()
        hits = [problem for problem in report.problems if problem.code == code]
        assert len(hits) == 1, [str(problem) for problem in report.problems]
        return hits[0]

    return found
