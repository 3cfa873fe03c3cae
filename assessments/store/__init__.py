"""Where accepted answers, runs and the audit trail are kept: the only code that knows SQL."""

from assessments.store.answers import DECISIONS, RESPONSES
from assessments.store.facade import Store, utc_now
from assessments.store.opening import open_store, upgrade_store
from assessments.store.originals import Incoming, Originals
from assessments.store.values import (
    Acceptance,
    AcceptedSubmission,
    Approval,
    Assessment,
    AuditEntry,
    Change,
    Deletion,
    EvidenceItem,
    MadeReport,
    Run,
    Submission,
    TakenOver,
    Verification,
)

__all__ = [
    "DECISIONS",
    "RESPONSES",
    "Acceptance",
    "AcceptedSubmission",
    "Approval",
    "Assessment",
    "AuditEntry",
    "Change",
    "Deletion",
    "EvidenceItem",
    "Incoming",
    "MadeReport",
    "Originals",
    "Run",
    "Store",
    "Submission",
    "TakenOver",
    "Verification",
    "open_store",
    "upgrade_store",
    "utc_now",
]
