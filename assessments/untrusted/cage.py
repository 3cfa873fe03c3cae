"""A child process with little memory and little time, in which files from outside are opened.

The parent hands the bytes over on standard input and takes JSON back: no pickle, no path, no
object crosses. The child has 700 MB of address space, 4 s of processor time and writes no file
(but for the scratch file of a task that is given one); a crash, a hang or an abort of a C library
ends the child and nothing else.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = str(Path(__file__).resolve().parents[2])
_ENTER = (
    "import sys; sys.path.insert(0, {root!r}); "
    "from assessments.untrusted.cage import serve; serve({task!r}, {scratch}, {memory})"
)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the child may use."""

    memory: int = 700 * 2**20  # bytes of address space
    processor: int = 4  # seconds
    wall: float = 4.5  # seconds, start of the process included
    scratch: int = 0  # bytes of a temporary file


ALLOWANCE = Allowance()


class CageBroken(Exception):
    """The child ended without an answer; `reason` says which limit it met."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def run(task: str, given: bytes, allowance: Allowance = ALLOWANCE) -> bytes:
    """What `module:function` answers to `given`, in a child process. Raises CageBroken."""
    command = [
        sys.executable,
        "-I",
        "-B",
        "-c",
        _ENTER.format(root=ROOT, task=task, scratch=allowance.scratch, memory=allowance.memory),
    ]
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            command,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=allowance.wall,
            check=False,
            cwd="/",
        )
    except subprocess.TimeoutExpired:
        raise CageBroken(f"more than {allowance.wall:g} seconds") from None
    if done.returncode == -24:  # SIGXCPU
        raise CageBroken(f"more than {allowance.processor} seconds of processor time")
    if done.returncode == 3:
        raise CageBroken("more memory than a questionnaire needs")
    if done.returncode:
        raise CageBroken("the reader stopped")
    return done.stdout


def serve(task: str, scratch: int, memory: int) -> None:
    """The child's whole life: limits, input, task, output."""
    limit(replace(ALLOWANCE, scratch=scratch, memory=memory))
    module, _, function = task.partition(":")
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it for nothing
    status = 0
    try:
        work = getattr(__import__(module, fromlist=[function]), function)
        answer = work(sys.stdin.buffer.read())
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    except MemoryError:
        status = 3
    os._exit(status)


def limit(allowance: Allowance) -> None:
    """Take the allowance away from this process, for good."""
    for kind, amount in (
        (resource.RLIMIT_AS, allowance.memory),
        (resource.RLIMIT_CPU, allowance.processor),
        (resource.RLIMIT_FSIZE, allowance.scratch),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        allowed = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(kind, (allowed, allowed))


def read(data: bytes) -> bytes:
    """The task of reading: cells as JSON, or the fault that was met."""
    from dataclasses import asdict
    from zipfile import BadZipFile
    from zlib import error as BadStream

    from lxml.etree import LxmlError

    from assessments.untrusted.ooxml import BadWorkbook
    from assessments.untrusted.ooxml import read as read_parts

    try:
        cells = read_parts(data)
    except BadWorkbook as fault:
        return json.dumps({"fault": fault.code, "fields": fault.fields}).encode()
    except (LxmlError, BadZipFile, BadStream, EOFError, OSError, ValueError, KeyError) as error:
        reason = type(error).__name__
        return json.dumps({"fault": "bad-structure", "fields": {"reason": reason}}).encode()
    return json.dumps(
        {
            "sheets": [
                {
                    "name": sheet.name,
                    "state": sheet.state,
                    "cells": [
                        (cell.row, cell.column, cell.kind, cell.value, cell.formula)
                        for cell in sheet.cells.values()
                    ],
                    "merged": [(a.top, a.left, a.bottom, a.right) for a in sheet.merged],
                    "hidden_rows": sorted(sheet.hidden_rows),
                    "hidden_columns": sheet.hidden_columns,
                }
                for sheet in cells.sheets
            ],
            "names": [asdict(name) for name in cells.names],
            "properties": cells.properties,
            "epoch_1904": cells.epoch_1904,
        }
    ).encode()
