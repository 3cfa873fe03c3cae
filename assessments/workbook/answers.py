"""Turn the located cells of a questionnaire into answers with states, one a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assessments.identifiers import Kind, printed_id
from assessments.language import words
from assessments.pack.model import Pack
from assessments.problems import Problem
from assessments.results import (
    Answer,
    AnswerState,
    AnswerValue,
    EvidenceState,
    Source,
)
from assessments.untrusted.cells import Cells, address
from assessments.workbook.answer_cells import AnswerCells, written
from assessments.workbook.beside import Beside
from assessments.workbook.entered import Scribe
from assessments.workbook.findings import Findings
from assessments.workbook.identity import Identity
from assessments.workbook.layout import Part, tick_labels
from assessments.workbook.located import Located
from assessments.workbook.skip_logic import skipping
from assessments.workbook.unsettled import Open, open_conflicts
from assessments.workbook.verdict import Given, judge

_EVIDENCE = {"seen": EvidenceState.SEEN, "observed": EvidenceState.OBSERVED}


class Reader:
    """Reads one workbook's answers; problems gather in `problems`."""

    def __init__(
        self,
        cells: Cells,
        pack: Pack,
        identity: Identity,
        file_name: str,
        earlier: Iterable[Answer] = (),
    ) -> None:
        self.cells, self.identity, self.file_name = cells, identity, file_name
        self.translate = words(identity.speaks)
        respondent = pack.institutions.get(identity.institution)
        self.observes = respondent is not None and respondent.kind == "observer"
        self.earlier = {answer.question: answer for answer in earlier}
        self.pack = pack
        self.open: Mapping[str, list[Open]] = {}  # conflicts of a merge that stand as it left them
        self.findings = Findings()
        self.beside = Beside(pack, identity.language, self.findings)
        self.answer_cells = AnswerCells(
            identity.language, self.translate, cells.epoch_1904, self.findings
        )

    @property
    def problems(self) -> list[Problem]:
        """What was found to be wrong so far."""
        return self.findings.problems

    def read(self, located: Sequence[Located]) -> tuple[Answer, ...]:
        """An answer for each located question, skip logic applied in the pack's order."""
        self.open = self._open_conflicts(located)
        first = [self._answer(place) for place in located]
        return tuple(skipping(located, first, self.earlier, self.findings))

    def _open_conflicts(self, located: Sequence[Located]) -> Mapping[str, list[Open]]:
        noted = self.identity.conflicts
        concerned = {conflict.question for conflict in noted}
        scribe = Scribe(self.pack, self.identity.language, epoch_1904=self.cells.epoch_1904)
        entered = {
            place.question.name: scribe.entered(place)
            for place in located
            if place.question.name in concerned
        }
        yes = tick_labels(self.translate)["yes"]
        return open_conflicts(noted, self.cells, entered, yes)

    def _answer(self, place: Located) -> Answer:
        conflicts = self.open.get(place.question.name, ())
        in_conflict = {line for conflict in conflicts for line in conflict.lines}
        value, raw, unusable = self.answer_cells.read(place, in_conflict)
        if not self.answer_cells.wording_stands(place):
            raw, unusable = raw or written(value), value is not None or unusable
        said = self._verdict(place, Given(value, raw, unusable))
        value, raw, unusable = said.value, said.raw, said.unusable
        state = AnswerState.ANSWERED if value is not None else AnswerState.BLANK
        reason, reason_text = self.beside.reason(self._beside(place))
        if reason_text and (raw or value is not None):
            self.findings.report(
                place, place.parts[Part.REASON], "answer-and-reason",
                value=(raw or written(value))[:200], other=reason_text,
            )  # fmt: skip
            raw, unusable = f"{raw or written(value)} / {reason_text}", True
        elif reason is AnswerState.BLANK:  # "I take my answer back": kept, so that it is no blank
            state, raw = reason, reason_text
        elif reason is not None:
            state = reason
        elif reason_text:
            raw, unusable = reason_text, True
        for conflict in conflicts:
            self.findings.problems.append(conflict.problem(place))
            if conflict.of_answer:
                raw = f"{raw}; {conflict.raw}".removeprefix("; ")
                unusable = unusable or conflict.of_whole or value is None
        if unusable:
            state, value = AnswerState.UNUSABLE, None
        return self._finish(place, state, value, raw, confirmed=said.confirmed)

    def _beside(self, place: Located) -> Located:
        """Where what stands beside the answer is found: in a workbook, on its line."""
        return place

    def _verdict(self, place: Located, given: Given) -> Given:
        """What becomes of the answer by what was said of the value that is known."""
        noted = self.identity.known.get(place.question.name)
        if noted is None or place.known is None:
            return given
        judged, problems = judge(place, noted, given, self.translate)
        self.findings.problems += problems
        return judged

    def _finish(
        self,
        place: Located,
        state: AnswerState,
        value: AnswerValue | None,
        raw: str,
        *,
        confirmed: bool,
    ) -> Answer:
        identity, question = self.identity, place.question.name
        beside = self._beside(place)
        evidence = self.beside.text(beside, Part.EVIDENCE)
        evidence_class = self.beside.evidence_class(beside)
        kind = self.beside.classes[evidence_class].kind if evidence_class else ""
        sheet, spot = place.sheet, place.spot
        if confirmed and place.known is not None:  # given by the cell that confirms
            sheet, spot = place.known.sheet, place.known.spot
        shown_state = EvidenceState.STATED
        if evidence and self.observes:  # an institution cannot attest its own documents
            shown_state = _EVIDENCE.get(kind, EvidenceState.STATED)
        return Answer(
            id=printed_id(
                Kind.ANSWER, identity.iso3, identity.round, identity.institution, question
            ),
            question=question,
            institution=identity.institution,
            state=state,
            value=value if state is AnswerState.ANSWERED else None,
            raw=raw[:5000],
            evidence=evidence,
            evidence_class=evidence_class,
            evidence_state=shown_state,
            comment=self.beside.text(beside, Part.COMMENT),
            source=Source(
                workbook_sha256=self.cells.sha256,
                sheet=sheet.name,
                cell=address(*spot),
                file_name=self.file_name,
            ),
        )
