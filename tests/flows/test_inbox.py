"""The inbox loses nothing: not what a killed run had in hand, nor two files of one name."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assessments.errors import StoreFault
from flows.inbox import REFUSED, TAKEN, UNDER_WAY, Inbox
from flows.under_way import under_way

DIES = """
import sys, time
from pathlib import Path
from flows.under_way import UnderWay, _alive
folder = Path(sys.argv[1]) / "under_way"
folder.mkdir()
with _alive(UnderWay(id="1", name="XAA 2026", flow="assess_country"), folder):
    print("alive", flush=True)
    time.sleep(60)
"""


def test_second_run_is_not_let_in(tmp_path: Path) -> None:
    with Inbox.held(tmp_path) as first, Inbox.held(tmp_path) as second:
        assert first is not None
        assert second is None


def test_what_a_killed_run_had_in_hand_is_found_by_the_next(tmp_path: Path) -> None:
    (tmp_path / "CA.xlsx").write_bytes(b"answers")
    with Inbox.held(tmp_path) as inbox:
        assert inbox is not None
        inbox.take()  # and never sorts it
    with Inbox.held(tmp_path) as inbox:
        assert inbox is not None
        (again,), left = inbox.take()
        assert again == tmp_path / UNDER_WAY / "CA.xlsx"
        assert left == []


def test_two_files_of_one_name_are_both_kept(tmp_path: Path) -> None:
    for content in (b"first", b"second"):
        (tmp_path / "CA.xlsx").write_bytes(content)
        with Inbox.held(tmp_path) as inbox:
            assert inbox is not None
            (taken,), _ = inbox.take()
            inbox.accepted(taken)
    kept = sorted(path.read_bytes() for path in (tmp_path / TAKEN).iterdir())
    assert kept == [b"first", b"second"]


def test_refused_file_lies_beside_the_reason(tmp_path: Path) -> None:
    (tmp_path / "CA.xlsx").write_bytes(b"rubbish")
    with Inbox.held(tmp_path) as inbox:
        assert inbox is not None
        (taken,), _ = inbox.take()
        inbox.refused(taken, "It is no workbook.")
    assert (tmp_path / REFUSED / "CA.xlsx").read_bytes() == b"rubbish"
    assert (tmp_path / REFUSED / "CA.xlsx.why.txt").read_text() == "It is no workbook."


def test_on_a_full_disk_a_refused_file_waits_for_the_next_run(tmp_path: Path) -> None:
    """Nothing can be written, as where a quota is used up; what was in hand is found again."""
    (tmp_path / "CA.xlsx").write_bytes(b"rubbish")
    with pytest.raises(StoreFault, match="cannot be used") as error:
        _refuse_on_a_full_disk(tmp_path)
    assert "the next run goes on" in error.value.remedy
    with Inbox.held(tmp_path) as inbox:
        assert inbox is not None
        (again,), _ = inbox.take()
        assert again.read_bytes() == b"rubbish"
        inbox.refused(again, "It is no workbook.")
    assert sorted(path.name for path in (tmp_path / REFUSED).iterdir()) == [
        "CA.xlsx",
        "CA.xlsx.why.txt",
    ]


def _refuse_on_a_full_disk(folder: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Inbox.held(folder) as inbox:
        assert inbox is not None
        (taken,), _ = inbox.take()
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            inbox.refused(taken, "It is no workbook.")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_what_lies_beside_a_workbook_is_no_return(tmp_path: Path) -> None:
    for name in ("~$CA.xlsx", ".~lock.CA.xlsx#", ".DS_Store"):
        (tmp_path / name).touch()
    (tmp_path / "CA.xlsx.part").touch()
    with Inbox.held(tmp_path) as inbox:
        assert inbox is not None
        files, left = inbox.take()
    assert files == []
    assert [(item.name, item.because) for item in left] == [
        ("CA.xlsx.part", "is still being copied")
    ]


def test_a_run_whose_process_was_killed_is_known_at_once(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", DIES, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert [run.alive for run in under_way(tmp_path)] == [True]
        os.kill(process.pid, signal.SIGKILL)
    assert [(run.name, run.alive) for run in under_way(tmp_path)] == [("XAA 2026", False)]
