"""Executes notebooks: checked parameters in, one validated result out.

`execute` runs one notebook through papermill; `STEPS` are the four notebooks of an assessment in
their order; `step_key` says whether a result that is already there still holds.
"""

from assessments.runner.execute import declared_parameters, execute
from assessments.runner.keys import as_tried, notebook_digest, run_key, step_key
from assessments.runner.steps import STEPS, Step

__all__ = [
    "STEPS",
    "Step",
    "as_tried",
    "declared_parameters",
    "execute",
    "notebook_digest",
    "run_key",
    "step_key",
]
