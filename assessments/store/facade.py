"""The store as the rest of tana sees it: values in, values out, and never a row.

Each method is one transaction and leaves what happens in it to the module that knows it. `by` is
whoever the command names, "" where it names no one; the clock is read here and nowhere below.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from assessments.results import Answer, Sensitivity, Value
from assessments.store import acceptance, answers, audit, deletion, evidence, rounds, runs
from assessments.store.engine import Database
from assessments.store.lookup import all_assessments, assessment_of, assessment_row, subject
from assessments.store.originals import Originals
from assessments.store.values import (
    Acceptance,
    AcceptedSubmission,
    Approval,
    Assessment,
    AuditEntry,
    Deletion,
    EvidenceItem,
    MadeReport,
    Run,
    Submission,
    Verification,
)
from assessments.store.who import named

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Store:
    """Assessments, submissions, answers, runs, approvals, evidence and the audit trail."""

    def __init__(self, database: Database, originals: Originals, clock: Clock = utc_now) -> None:
        self.database = database
        self.originals = originals
        self.clock = clock

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the connections."""
        self.database.close()

    @property
    def place(self) -> str:
        """Where the store is, without a password."""
        return self.database.place

    # --- assessments --------------------------------------------------------------------------

    def open_assessment(
        self,
        iso3: str,
        round_: str,
        pack_id: str,
        pack_version: str,
        pack_digest: str,
        *,
        pack_folder: str | Path = "",
        by: str = "",
    ) -> Assessment:
        """Open an assessment, or return the one that is open with the same pack.

        The digest of an open assessment stays the one it was opened with: workbooks that went out
        carry that pack. `pack_folder` only for a pack that does not ship with tana.
        Raises Mistake where the round is malformed or the pack is another one.
        """
        with self.database.writing() as connection:
            return rounds.open_assessment(
                connection,
                iso3,
                round_,
                pack_id,
                pack_version,
                pack_digest,
                pack_folder=str(pack_folder),
                at=self.clock(),
                by=named(by),
            )

    def assessments(self) -> tuple[Assessment, ...]:
        """All assessments, by country and round."""
        with self.database.reading() as connection:
            return all_assessments(connection)

    def assessment(self, iso3: str, round_: str) -> Assessment:
        """One assessment. Raises UnknownRound, naming what there is."""
        with self.database.reading() as connection:
            return assessment_of(assessment_row(connection, iso3, round_))

    def delete_assessment(self, iso3: str, round_: str, *, by: str, reason: str) -> Deletion:
        """Delete an assessment with its answers, runs and originals, leaving an audit entry.

        Raises UnknownRound where it was never opened, Mistake without a name or a reason.
        """
        with self.database.writing() as connection:
            found = deletion.delete(connection, iso3, round_, at=self.clock(), by=by, reason=reason)
        gone = deletion.remove_files(found, self.originals)
        self.database.forget_deleted()
        return gone

    # --- answers ------------------------------------------------------------------------------

    def accept(self, submission: Submission, *, by: str = "") -> Acceptance:
        """Store a submission once: the same bytes or the same answers change nothing.

        Keep the original (`originals.keep`) before. Raises UnknownRound where the assessment was
        never opened, Overtaken where it completes a version that is no longer the newest.
        """
        with self.database.writing() as connection:
            return acceptance.accept(connection, submission, at=self.clock(), by=named(by))

    def accept_many(
        self, submissions: Iterable[Submission], *, by: str = ""
    ) -> tuple[Acceptance, ...]:
        """Store many submissions in one transaction: all of them, or none.

        Fastest where those of one assessment follow each other. Raises UnknownRound.
        """
        with self.database.writing() as connection:
            return tuple(
                acceptance.accept_all(connection, submissions, at=self.clock(), by=named(by))
            )

    def foresee(self, submission: Submission) -> Acceptance:
        """What `accept` would tell now; nothing is stored."""
        with self.database.reading() as connection:
            return acceptance.foresee(connection, submission, at=self.clock())

    def withdraw(
        self, iso3: str, round_: str, institution: str, *, by: str, reason: str
    ) -> int | None:
        """Take back the standing version (Mistake: none); returns the one that stands now."""
        with self.database.writing() as connection:
            return acceptance.withdraw(
                connection, iso3, round_, institution, at=self.clock(), by=by, reason=reason
            )

    def answers(
        self, iso3: str, round_: str, *, versions: Mapping[str, int] | None = None
    ) -> tuple[Answer, ...]:
        """Every standing answer, by institution, then in the order of its workbook.

        With `versions` (institution to version): what an earlier run rested on. UnknownRound.
        """
        with self.database.reading() as connection:
            return answers.answers(connection, iso3, round_, versions=versions)

    def decisions(self, iso3: str, round_: str) -> tuple[Answer, ...]:
        """The standing decisions on the project, as they are kept. Raises UnknownRound."""
        with self.database.reading() as connection:
            return answers.decisions(connection, iso3, round_)

    def responses(self, iso3: str, round_: str, edition: str) -> tuple[Answer, ...]:
        """What the Government said of an edition of the report, as it is kept. UnknownRound."""
        with self.database.reading() as connection:
            return answers.responses(connection, iso3, round_, edition)

    def answers_digest(self, iso3: str, round_: str) -> str:
        """One digest of all standing answers and decisions. Raises UnknownRound."""
        with self.database.reading() as connection:
            return answers.answers_digest(connection, iso3, round_)

    def submissions(
        self, iso3: str, round_: str, *, history: bool = False
    ) -> tuple[AcceptedSubmission, ...]:
        """The standing submissions, or with `history` every version, decisions too.

        Raises UnknownRound.
        """
        with self.database.reading() as connection:
            return answers.submissions(connection, iso3, round_, history=history)

    # --- runs ---------------------------------------------------------------------------------

    def save_run(
        self,
        key: str,
        iso3: str,
        round_: str,
        results: Mapping[str, Value | str],
        *,
        inputs: Mapping[str, str] | None = None,
        folder: str | Path = "",
        by: str = "",
    ) -> bool:
        """Keep a run's results by name and make it the one that stands; True where it is new.

        Results are models or their JSON: answers_review, scores, priorities, project_design.
        """
        documents = {
            name: item if isinstance(item, str) else item.model_dump_json()
            for name, item in results.items()
        }
        with self.database.writing() as connection:
            return runs.save_run(
                connection,
                key,
                iso3,
                round_,
                documents,
                inputs=inputs or {},
                folder=str(folder),
                at=self.clock(),
                by=named(by),
            )

    def use_run(self, key: str, *, by: str = "") -> None:
        """Let an earlier run stand again. Raises Mistake where there is none of this key."""
        with self.database.writing() as connection:
            runs.use_run(connection, key, at=self.clock(), by=named(by))

    def run(self, key: str, results: Collection[str] | None = None) -> Run | None:
        """The run of this key, or None; with all its results or, where named, with these alone."""
        with self.database.reading() as connection:
            return runs.run(connection, key, results)

    def latest_run(
        self, iso3: str, round_: str, results: Collection[str] | None = None
    ) -> Run | None:
        """The run that stands now, as `run` gives it, or None. Raises UnknownRound."""
        with self.database.reading() as connection:
            return runs.latest_run(connection, iso3, round_, results)

    def approve(
        self, run_key: str, name: str, at: datetime | None = None, *, note: str = ""
    ) -> Approval:
        """Record a named person's approval of a run.

        Raises Mistake for an unknown run or no name, NothingToAssess where answers have changed.
        """
        with self.database.writing() as connection:
            return runs.approve(connection, run_key, name, at=at or self.clock(), note=note)

    def approval(self, iso3: str, round_: str) -> Approval | None:
        """The last approval, valid or void with the reason; None where there was none."""
        with self.database.reading() as connection:
            return runs.approval(connection, iso3, round_)

    def add_report(
        self,
        run_key: str,
        path: str | Path,
        *,
        edition: Literal["public", "restricted"],
        language: str,
        sha256: str,
        by: str = "",
    ) -> MadeReport:
        """Record a document made from a run. Raises Mistake for an unknown run."""
        made = MadeReport(
            run=run_key,
            path=str(path),
            edition=edition,
            language=language,
            sha256=sha256,
            made_at=self.clock(),
            made_by=named(by),
        )
        with self.database.writing() as connection:
            runs.add_report(connection, made)
        return made

    def reports(self, iso3: str, round_: str) -> tuple[MadeReport, ...]:
        """Documents made of an assessment, oldest first. Raises UnknownRound."""
        with self.database.reading() as connection:
            return runs.reports(connection, iso3, round_)

    # --- evidence -----------------------------------------------------------------------------

    def add_evidence(
        self,
        iso3: str,
        round_: str,
        *,
        title: str,
        reference: str = "",
        provision: str = "",
        evidence_class: str = "",
        classification: Sensitivity = Sensitivity.PUBLIC,
        seen_by: str = "",
        seen_on: date | None = None,
        answers: Iterable[str] = (),
        by: str = "",
    ) -> int:
        """Register a document once and cite it for answers (printed ids); returns its number."""
        with self.database.writing() as connection:
            return evidence.add_evidence(
                connection,
                iso3,
                round_,
                title=title,
                reference=reference,
                provision=provision,
                evidence_class=evidence_class,
                classification=classification,
                seen_by=seen_by,
                seen_on=seen_on,
                answers=answers,
                at=self.clock(),
                by=named(by),
            )

    def evidence(self, iso3: str, round_: str) -> tuple[EvidenceItem, ...]:
        """The evidence register of an assessment. Raises UnknownRound."""
        with self.database.reading() as connection:
            return evidence.evidence(connection, iso3, round_)

    # --- keeping ------------------------------------------------------------------------------

    def audit(self, iso3: str = "", round_: str = "") -> tuple[AuditEntry, ...]:
        """The audit trail, oldest first; of one assessment, or whole."""
        with self.database.reading() as connection:
            return audit.entries(connection, subject(iso3, round_) if iso3 else "")

    def note_export(self, iso3: str, round_: str, *, what: str, by: str = "") -> None:
        """Record that answers or results left the store. Raises UnknownRound."""
        with self.database.writing() as connection:
            rounds.note_export(connection, iso3, round_, what=what, at=self.clock(), by=named(by))

    def verify(self) -> Verification:
        """Recompute digests, chain, counts, foreign keys and originals; names the first fault."""
        from assessments.store.verify import verify

        with self.database.reading() as connection:
            return verify(connection, self.originals)

    def backup(self, path: str | Path) -> int:
        """Write the store and its originals to one file; returns the number of originals.

        Consistent while others write. Raises StoreFault where an original is missing or changed.
        """
        from assessments.store import backup

        with self.database.reading() as connection:
            return backup.write_backup(connection, self.originals, Path(path))

    def restore(self, path: str | Path, *, overwrite: bool = False, by: str = "") -> Verification:
        """Bring a backup back, all or nothing.

        Raises Mistake where the store is not empty and `overwrite` was not said, StoreFault where
        the backup is damaged or of another version.
        """
        from assessments.store import backup

        source = Path(path)
        with backup.open_backup(source) as archive:
            backup.read_manifest(archive, source)
            with self.database.writing() as connection:
                backup.restore(
                    connection,
                    archive,
                    source,
                    self.originals,
                    place=self.place,
                    overwrite=overwrite,
                    at=self.clock(),
                    by=named(by),
                )
        return self.verify()
