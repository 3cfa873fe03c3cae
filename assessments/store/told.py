"""What the audit trail says must be in the store now."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import RowMapping

from assessments.store import audit


@dataclass(slots=True)
class Told:
    """What the audit trail says must be in the store now."""

    opened: dict[str, dict[str, object]] = field(default_factory=dict)
    accepted: dict[tuple[str, str, int], dict[str, object]] = field(default_factory=dict)
    withdrawn: dict[tuple[str, str, int], str] = field(default_factory=dict)  # and when
    runs: dict[str, dict[str, str]] = field(default_factory=dict)  # key -> result digests
    owner: dict[str, str] = field(default_factory=dict)  # run key -> subject
    current: dict[str, str] = field(default_factory=dict)  # subject -> run key
    approved: Counter[tuple[str, ...]] = field(default_factory=Counter)
    saved: dict[str, dict[str, object]] = field(default_factory=dict)  # run key -> its entry
    # report -> its path; None in entries of before paths were sealed
    reported: dict[tuple[str, ...], str | None] = field(default_factory=dict)
    register: dict[str, str] = field(default_factory=dict)  # subject -> digest of its evidence

    @classmethod
    def read(cls, trail: list[RowMapping]) -> Told:
        told = cls()
        for entry in trail:
            told._hear(entry, json.loads(entry["detail"]))
        return told

    def _hear(self, entry: RowMapping, detail: dict[str, object]) -> None:
        about, what = str(entry["subject"]), entry["what"]
        if "register" in detail:
            self.register[about] = str(detail["register"])
        if what == audit.OPENED:
            self.opened[about] = detail | {"at": entry["at"], "by": entry["who"]}
        elif what == audit.MOVED:
            self._hear_move(about, detail)
        elif what == audit.ACCEPTED:
            self.accepted[_version(about, detail)] = detail | {
                "at": entry["at"],
                "by": entry["who"],
            }
        elif what == audit.WITHDRAWN:
            self.withdrawn[_version(about, detail)] = entry["at"]
        elif what in (audit.RUN_SAVED, audit.RUN_REUSED):
            self._hear_run(about, detail | {"at": entry["at"], "by": entry["who"]})
        elif what == audit.APPROVED:
            note = str(detail.get("note", ""))
            self.approved[str(detail["run"]), entry["who"], entry["at"], note] += 1
        elif what == audit.REPORTED:
            said = (str(detail[name]) for name in ("run", "edition", "language", "sha256"))
            path = detail.get("path")
            self.reported[(*said, entry["at"], entry["who"])] = None if path is None else str(path)
        elif what == audit.DELETED:
            self._forget(about)

    def _hear_move(self, about: str, detail: dict[str, object]) -> None:
        """From then on the assessment stands under the new version, and its returns say the old."""
        self.opened[about] = self.opened[about] | detail
        for key, said in self.accepted.items():
            if key[0] == about and not said.get("pack_version"):
                said["pack_version"] = detail["from_version"]

    def _hear_run(self, about: str, detail: dict[str, object]) -> None:
        key, results = str(detail["run"]), detail.get("results")
        self.current[about] = key
        if isinstance(results, dict):
            self.runs[key] = results
            self.saved[key] = detail
            self.owner[key] = about

    def _forget(self, about: str) -> None:
        self.opened.pop(about, None)
        self.current.pop(about, None)
        self.register.pop(about, None)
        self.accepted = {key: value for key, value in self.accepted.items() if key[0] != about}
        self.withdrawn = {key: at for key, at in self.withdrawn.items() if key[0] != about}
        gone = {key for key, owner in self.owner.items() if owner == about}
        self.runs = {key: value for key, value in self.runs.items() if key not in gone}
        self.approved = Counter(
            {item: times for item, times in self.approved.items() if item[0] not in gone}
        )
        self.reported = {item: path for item, path in self.reported.items() if item[0] not in gone}


def _version(about: str, detail: dict[str, object]) -> tuple[str, str, int]:
    return about, str(detail["institution"]), int(str(detail["version"]))
