"""A jupyter_client provisioner whose kernels start in a twentieth of a second.

A normal kernel spends one to two seconds importing. Here each is a fork of one process that has
imported already (`zygote`), with its own memory, environment, working directory and group: what
one notebook does cannot reach another. Where no such process can be had, an ordinary kernel is
started instead.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner


class _Zygote:
    """The one process of this process that kernels are forked from; started at first use."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Raises OSError or ValueError where the zygote is gone."""
        with self._lock:
            if not self._runs_here():
                self._start()
            self._channel.sendall((json.dumps(request) + "\n").encode())
            answer: dict[str, Any] = json.loads(self._answers.readline())
            return answer

    def _runs_here(self) -> bool:
        # After a fork of this process the zygote belongs to the parent, not to us.
        ours = self._process is not None and self._owner == os.getpid()
        return ours and self._process is not None and self._process.poll() is None

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        environment = {
            **os.environ,
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # no word on frozen modules from a debugger
            "OPENBLAS_NUM_THREADS": "1",  # a pool of threads does not survive a fork
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "assessments.runner.zygote"],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            env=environment,
        )
        theirs.close()
        self._owner = os.getpid()
        self._channel = ours
        self._answers = ours.makefile("r", encoding="utf-8")
        if not json.loads(self._answers.readline() or "{}").get("ready"):
            raise OSError("the process that kernels are forked from did not start")
        atexit.register(self.stop)

    def stop(self) -> None:
        """End the zygote and every kernel that still runs."""
        if self._process is None or self._owner != os.getpid():
            return
        self._answers.close()
        self._channel.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


ZYGOTE = _Zygote()


class _ForkedKernel:
    """A forked kernel with as much of Popen's face as LocalProvisioner looks at."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        try:
            status = ZYGOTE.ask({"do": "state", "pid": self.pid})["status"]
        except (OSError, ValueError):
            return -signal.SIGKILL  # its parent is gone, and so is the kernel
        return None if status is None else int(status)

    def wait(self) -> int:
        while (status := self.poll()) is None:
            time.sleep(0.01)
        return status

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class PreloadedProvisioner(LocalProvisioner):
    """Starts kernels as forks of a process that has loaded everything."""

    process: Any = None  # a _ForkedKernel, or the Popen of an ordinary kernel

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch the kernel; falls back to an ordinary one where forking is not possible."""
        if not hasattr(os, "fork"):
            return await super().launch_kernel(cmd, **kwargs)
        request = {
            "do": "launch",
            "connection_file": cmd[cmd.index("-f") + 1],
            "env": dict(kwargs.get("env") or os.environ),
            "cwd": str(kwargs.get("cwd") or Path.cwd()),
        }
        try:
            answer = await asyncio.to_thread(ZYGOTE.ask, request)
        except (OSError, ValueError):
            return await super().launch_kernel(cmd, **kwargs)
        self.process = _ForkedKernel(int(answer["pid"]))
        self.pid = int(answer["pid"])
        self.pgid = self.pid  # the kernel leads a group of its own
        self.cwd = kwargs.get("cwd")
        return self.connection_info
