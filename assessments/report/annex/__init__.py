"""The Excel annex of a report, in the manner of PEFA's: data once, and live formulas on it.

Whoever doubts a level changes a score, a weight or a threshold and sees what follows. The formulas
say in Excel what `assessments.scoring` says in Python; a test has LibreOffice compute them anew and
compares every one with what is stored.
"""

from assessments.report.annex.write import write_annex

__all__ = ["write_annex"]
