"""`make tried`: name, in each notebook, the digest of the cells that the tests hold against the library.

By hand, after a notebook was changed and its tests have passed. A run of notebooks so marked takes
its public edition from the library without computing everything a second time to compare.
"""

from __future__ import annotations

import json

from assessments.runner import STEPS, notebook_digest


def main() -> None:
    for step in STEPS:
        document = json.loads(step.notebook.read_text(encoding="utf-8"))
        document["metadata"]["tana"] = {"tried": notebook_digest(step.notebook)}
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
        step.notebook.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
