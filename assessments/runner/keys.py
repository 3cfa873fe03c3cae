"""Content keys: same key, same result, nothing is recomputed.

A step's key is a SHA-256 over everything its result can depend on: the accepted answers, the
pack with its method, the notebook's source, the library's own source, the parameters that are no
paths, and the results it reads. File times and names play no part.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import assessments


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def notebook_digest(notebook: Path) -> str:
    """SHA-256 of the notebook's cells as an analyst reads them: source and tags, no outputs."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return _digest(
        [
            (cell["cell_type"], "".join(cell["source"]), cell.get("metadata", {}).get("tags", []))
            for cell in cells
        ]
    )


def as_tried(notebook: Path) -> bool:
    """Whether its cells are those that the tests hold against the library.

    The notebook's own metadata name their digest; whoever changes a cell leaves that behind.
    """
    metadata = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]
    return bool(metadata.get("tana", {}).get("tried") == notebook_digest(notebook))


@cache
def library_digest() -> str:
    """SHA-256 over version and source of what computes results: a changed rule is seen."""
    package = Path(assessments.__file__).parent
    files = sorted(
        path
        for part in ("pack", "reference", "results", "scoring", "design")
        for pattern in ("*.py", "*.csv")
        for path in (package / part).rglob(pattern)
    )
    files.append(package / "identifiers.py")
    return _digest(
        [assessments.__version__]
        + [
            (str(path.relative_to(package)), hashlib.sha256(path.read_bytes()).hexdigest())
            for path in files
        ]
    )


def step_key(
    notebook: Path,
    *,
    answers_digest: str,
    pack_digest: str,
    parameters: Mapping[str, object],
    results_read: Mapping[str, str],
) -> str:
    """The key of one notebook's result; `results_read` holds the digests of earlier results."""
    return _digest(
        {
            "notebook": notebook_digest(notebook),
            "library": library_digest(),
            "answers": answers_digest,
            "pack": pack_digest,
            "parameters": dict(parameters),
            "results": dict(results_read),
        }
    )


def run_key(step_keys: Mapping[str, str]) -> str:
    """The key of a whole run: what an approval binds to."""
    return _digest(dict(step_keys))
