"""Kernels of our own: a user's Jupyter settings neither reach an assessment nor are touched by it.

Two kernel specifications are written under TANA_HOME: `tana` starts each kernel as a fork of a
process that has loaded everything already (Linux), `tana-plain` starts an ordinary one.
"""

import atexit
import json
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

PRELOADED = "tana"
PLAIN = "tana-plain"
_alone = threading.Lock()  # several countries begin at once in threads of one process


def prepare_kernels(home: Path, kind: str = "") -> str:
    """Make the kernels known to this process and return the name of the one to use.

    `kind` is `preloaded`, `plain` or empty: preloaded where the platform forks safely.
    """
    with _alone:
        _write_specifications(home / "jupyter")
        _set_aside_user_settings(home, home / "jupyter")
    use_preloaded = kind == "preloaded" or (not kind and sys.platform == "linux")
    return PRELOADED if use_preloaded else PLAIN


def _write_specifications(jupyter: Path) -> None:
    for name, extra in (
        (PRELOADED, {"kernel_provisioner": {"provisioner_name": "tana-preloaded"}}),
        (PLAIN, {}),
    ):
        folder = jupyter / "kernels" / name
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        spec = {
            "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            "display_name": name,
            "language": "python",
            "metadata": extra,
        }
        text = json.dumps(spec)
        file = folder / "kernel.json"
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            scratch = folder / f"kernel.{os.getpid()}.part"
            scratch.write_text(text, encoding="utf-8")
            scratch.replace(file)


def _set_aside_user_settings(home: Path, jupyter: Path) -> None:
    paths = os.environ.get("JUPYTER_PATH", "").split(os.pathsep)
    if str(jupyter) not in paths:
        os.environ["JUPYTER_PATH"] = os.pathsep.join([str(jupyter), *filter(None, paths)])
    for variable, folder in (("IPYTHONDIR", "ipython"), ("MPLCONFIGDIR", "matplotlib")):
        (home / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
        os.environ[variable] = str(home / folder)
    # IPython copies its own README with the rights of the installed one, readable by all.
    startup = home / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True, exist_ok=True, mode=0o700)
    (startup / "README").touch(mode=0o600)
    os.environ["JUPYTER_CONFIG_DIR"] = str(home / "jupyter" / "config")
    os.environ.setdefault("JUPYTER_PLATFORM_DIRS", "1")
    if not os.environ.get("TANA_KERNEL_SOCKETS"):
        # Sockets have a path limit of about 100 characters, so they do not live under TANA_HOME.
        sockets = tempfile.mkdtemp(prefix="tana-")
        os.environ["TANA_KERNEL_SOCKETS"] = sockets
        atexit.register(_remove, sockets, os.getpid())
    os.environ["JUPYTER_RUNTIME_DIR"] = os.environ["TANA_KERNEL_SOCKETS"]


def _remove(folder: str, owner: int) -> None:
    if os.getpid() == owner:  # a forked kernel must not remove its parent's sockets
        shutil.rmtree(folder, ignore_errors=True)
