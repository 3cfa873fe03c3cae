"""From a received file to an accepted submission, or to a list of what has to be mended."""

from assessments.intake.receipt import Receipt
from assessments.intake.receive import receive, receive_all, receive_files

__all__ = ["Receipt", "receive", "receive_all", "receive_files"]
