"""The process that kernels are forked from: it has imported everything a notebook needs.

Started by `preloaded` with one end of a socket pair as standard input. One JSON line asks for a
kernel or for its state, one JSON line answers. It ends, with all its kernels, when the socket
closes. No thread, event loop or ZeroMQ context may exist here before a fork.
"""

import gc
import json
import os
import random
import signal
import socket
import sys
from typing import Any, NoReturn

_PRELOADED = (
    "altair",
    "ipykernel.kernelapp",
    "ipykernel.debugger",  # which every kernel loads, used or not: a third of its start
    "psutil",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "IPython.core.interactiveshell",
    *(
        f"IPython.core.magics.{name}"  # which IPython loads one by one as a shell begins
        for name in ("ast_mod", "auto", "basic", "config", "display", "execution", "extension")
    ),
    *(
        f"IPython.core.magics.{name}"
        for name in ("history", "logging", "namespace", "osm", "packaging", "pylab", "script")
    ),
    *(
        f"IPython.core.{name}"
        for name in ("completerlib", "debugger", "logger", "magic_arguments", "oinspect")
    ),
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "faulthandler",
    "IPython.utils.module_paths",
    "numpy",
    "pandas",
    "zmq.utils.garbage",
    "sqlalchemy.dialects.sqlite",
    "sqlalchemy.dialects.postgresql",
    "highspy",
    "krippendorff",
    "assessments.runner.execute",
    "assessments.runner.look",
    "assessments.runner.material",
    "assessments.pack",
    "assessments.reference",
    "assessments.scoring",
    "assessments.design",
    "assessments.store",
    "assessments.settings",
)


def main() -> None:
    """Load, then answer requests until the other side is gone."""
    channel = socket.socket(fileno=os.dup(0))
    # Read when ipykernel is imported: a kernel with a parent ends when that parent is gone.
    os.environ["JPY_PARENT_PID"] = str(os.getpid())
    # jsonschema compiles a grammar of IRIs for a second where it finds one; no chart has an IRI.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    for module in _PRELOADED:
        __import__(module)
    del sys.modules["rfc3987_syntax"]
    _warm()
    gc.collect()
    gc.freeze()  # shared pages stay shared: the collector of a kernel does not touch them
    children: dict[int, int | None] = {}
    lines = channel.makefile("r", encoding="utf-8")
    _say(channel, {"ready": True})
    for line in lines:
        request = json.loads(line)
        if request["do"] == "launch":
            _say(channel, {"pid": _fork_kernel(request, channel, children)})
        else:
            _say(channel, {"status": _state(int(request["pid"]), children)})
    for pid, state in children.items():
        if state is None:
            _kill_group(pid)


def _warm() -> None:
    """Do once what each kernel would otherwise do first: read the packs, compose a chart.

    Only what is looked up by its content stays: a pack that is edited later is read anew.
    """
    from assessments.errors import TanaError
    from assessments.pack.load import find_pack, list_packs, load_pack
    from assessments.runner import look

    for name in list_packs():
        try:
            load_pack(find_pack(name))
        except TanaError:  # the notebook that needs it will say so
            continue
    bars = look.bars(look.number("value", "unit"), fill=look.meanings("label", {"a": look.DARK}))
    look.chart([{"label": "a", "value": 1.0}], bars, headline="A").to_dict(validate=False)


def _say(channel: socket.socket, answer: dict[str, Any]) -> None:
    channel.sendall((json.dumps(answer) + "\n").encode())


def _state(pid: int, children: dict[int, int | None]) -> int | None:
    """None while the kernel runs, then its exit status (negative: the signal that ended it)."""
    if pid in children and children[pid] is None:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            children[pid] = os.waitstatus_to_exitcode(status)
    return children.get(pid, 0)


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _fork_kernel(
    request: dict[str, Any], channel: socket.socket, children: dict[int, int | None]
) -> int:
    pid = os.fork()
    if pid == 0:
        channel.close()
        _become_kernel(request)
    children[pid] = None
    return pid


def _become_kernel(request: dict[str, Any]) -> NoReturn:
    status = 1
    try:
        os.setsid()  # a group of its own, so that a kernel and what it started die together
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):  # nobody reads a kernel's pipes: a full one would hang it
            os.dup2(null, descriptor)
        os.environ.clear()
        os.environ.update(request["env"])
        os.environ["JPY_PARENT_PID"] = str(os.getppid())
        os.chdir(request["cwd"])
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        random.seed()
        import numpy as np

        np.random.seed()
        sys.argv = ["ipykernel_launcher", "-f", request["connection_file"]]
        from ipykernel.kernelapp import launch_new_instance

        launch_new_instance(argv=sys.argv[1:])
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
