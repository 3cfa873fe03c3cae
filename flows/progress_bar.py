"""How far a long run has come, as a bar on its page in Prefect."""

from __future__ import annotations

from prefect.artifacts import create_progress_artifact, update_progress_artifact


class Progress:
    """How far a run has come, on its page: a bar that moves at whole percents."""

    def __init__(self, steps: int, what: str) -> None:
        self.steps, self.done = steps, 0
        self.shown = 0 if steps else 100
        self.artifact = create_progress_artifact(
            float(self.shown), key="progress", description=what
        )

    def step(self) -> None:
        """One more step is done."""
        self.done += 1
        percent = 100 * self.done // self.steps
        if percent >= self.shown + 5 or percent == 100:
            self.shown = percent
            update_progress_artifact(self.artifact, float(percent))  # type: ignore[arg-type]
