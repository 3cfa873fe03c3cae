"""One LibreOffice for many deeds: started once, told over a pipe what to do to which workbook."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_DEEDS = Path(__file__).with_name("office_deeds.py")


@cache
def missing() -> str:
    """Why LibreOffice cannot be driven here; "" where it can."""
    if shutil.which("soffice") is None:
        return "LibreOffice is not installed"
    return "" if _python() else "no Python here knows UNO (Debian: python3-uno)"


@cache
def _python() -> str:
    """The Python that LibreOffice's UNO is installed for."""
    soffice = shutil.which("soffice") or ""
    beside = Path(soffice).resolve().with_name("python")  # LibreOffice's own, where it brings one
    for python in (str(beside), "/usr/bin/python3"):
        try:
            if (
                subprocess.run(
                    [python, "-c", "import uno"], capture_output=True, check=False
                ).returncode
                == 0
            ):
                return python
        except OSError:
            continue
    return ""


class Office:
    """A running LibreOffice."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def do(self, deed: str, source: Path, target: Path) -> Path:
        """Open `source`, do the deed, save it as `target` (.xlsx or .ods); returns `target`."""
        order = {"source": str(source), "deed": deed, "target": str(target)}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline() or '{"fault": "LibreOffice ended"}')
        if said["fault"]:
            raise RuntimeError(f"{deed}: {said['fault']}")
        return target


@contextmanager
def office() -> Iterator[Office]:
    """A LibreOffice with a profile of its own, ended afterwards."""
    with tempfile.TemporaryDirectory(prefix="office") as profile:
        process = subprocess.Popen(
            [_python(), str(_DEEDS), str(shutil.which("soffice")), profile],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PATH": "/usr/bin:/bin", "HOME": profile, "LC_ALL": "C.UTF-8"},
        )
        try:
            yield Office(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
            assert process.stdout is not None
            process.stdout.close()
