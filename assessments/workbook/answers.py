"""Turn the located cells of a questionnaire into answers with states, one a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assessments.identifiers import Kind, printed_id
from assessments.language import words
from assessments.pack.model import Pack, Question, QuestionType, TableColumn
from assessments.problems import Problem
from assessments.results import (
    Answer,
    AnswerState,
    AnswerValue,
    EvidenceState,
    Row,
    Source,
)
from assessments.untrusted.cells import Cell, Cells, address, shown
from assessments.workbook.entered import TICK, TICKED, Scribe
from assessments.workbook.identity import Identity
from assessments.workbook.layout import Part, choice_labels, labels, tick_labels
from assessments.workbook.located import Located, Spot
from assessments.workbook.texts import fault
from assessments.workbook.unsettled import Open, open_conflicts
from assessments.workbook.values import (
    BLANK,
    LONGEST_TEXT,
    Found,
    choice_of,
    is_blank,
    suspects,
    text_of,
    tidy,
    value_of,
)
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
        language = identity.language
        self.reasons = pack.choice_lists.get("no_answer_reasons", ())
        self.reason_labels = choice_labels(self.reasons, language)
        respondent = pack.institutions.get(identity.institution)
        self.observes = respondent is not None and respondent.kind == "observer"
        self.classes = {c.name: c for c in pack.choice_lists.get("evidence_classes", ())}
        self.class_labels = choice_labels(self.classes.values(), language)
        self.earlier = {answer.question: answer for answer in earlier}
        self.pack = pack
        self.open: Mapping[str, list[Open]] = {}  # conflicts of a merge that stand as it left them
        self.problems: list[Problem] = []

    def read(self, located: Sequence[Located]) -> tuple[Answer, ...]:
        """An answer for each located question, skip logic applied in the pack's order."""
        self.open = self._open_conflicts(located)
        first = [self._answer(place) for place in located]
        return tuple(self._apply_skip_logic(located, first))

    def _report(self, place: Located, spot: Spot, code: str, **fields: object) -> None:
        self.problems.append(
            fault(
                code,
                sheet=place.sheet.name,
                cell=address(*spot),
                question=place.question.name,
                **fields,  # type: ignore[arg-type]
            )
        )

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

    # --- one question ---------------------------------------------------------------------

    def _answer(self, place: Located) -> Answer:
        if place.question.type is QuestionType.TABLE:
            value, raw, unusable = self._table(place)
        elif place.question.type is QuestionType.SELECT_MULTIPLE:
            value, raw, unusable = self._ticks(place)
        else:
            value, raw, unusable = self._single(place)
        if not self._wording_stands(place):
            raw, unusable = raw or _written(value), value is not None or unusable
        said = self._verdict(place, Given(value, raw, unusable))
        value, raw, unusable = said.value, said.raw, said.unusable
        state = AnswerState.ANSWERED if value is not None else AnswerState.BLANK
        reason, reason_text = self._reason(place)
        if reason_text and (raw or value is not None):
            self._report(
                place, place.parts[Part.REASON], "answer-and-reason",
                value=(raw or _written(value))[:200], other=reason_text,
            )  # fmt: skip
            raw, unusable = f"{raw or _written(value)} / {reason_text}", True
        elif reason is AnswerState.BLANK:  # "I take my answer back": kept, so that it is no blank
            state, raw = reason, reason_text
        elif reason is not None:
            state = reason
        elif reason_text:
            raw, unusable = reason_text, True
        for conflict in self.open.get(place.question.name, ()):
            self.problems.append(conflict.problem(place))
            if conflict.of_answer:
                raw = f"{raw}; {conflict.raw}".removeprefix("; ")
                unusable = unusable or conflict.of_whole or value is None
        if unusable:
            state, value = AnswerState.UNUSABLE, None
        return self._finish(place, state, value, raw, confirmed=said.confirmed)

    def _verdict(self, place: Located, given: Given) -> Given:
        """What becomes of the answer by what was said of the value that is known."""
        noted = self.identity.known.get(place.question.name)
        if noted is None or place.known is None:
            return given
        judged, problems = judge(place, noted, given, self.translate)
        self.problems += problems
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
        evidence = self._text(place, Part.EVIDENCE)
        evidence_class = self._evidence_class(place)
        kind = self.classes[evidence_class].kind if evidence_class else ""
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
            comment=self._text(place, Part.COMMENT),
            source=Source(
                workbook_sha256=self.cells.sha256,
                sheet=sheet.name,
                cell=address(*spot),
                file_name=self.file_name,
            ),
        )

    def _single(self, place: Located) -> tuple[AnswerValue | None, str, bool]:
        question = place.question
        known = labels(question, self.identity.language, self.translate)
        found, raw = self._cell(place, place.spot, question, known)
        return found.value, raw if found.code else "", bool(found.code)

    def _cell(
        self,
        place: Located,
        spot: Spot,
        asked: Question | TableColumn,
        known: Mapping[str, str],
    ) -> tuple[Found, str]:
        """What one answer cell says, everything about it reported; and its raw text."""
        cell = place.sheet.at(*spot)
        raw = "" if cell is None or is_blank(cell) else shown(cell)
        if self._merged(place, spot):
            area = place.sheet.merge_over(*spot)
            self._report(place, spot, "merged-cell", value=str(area))
            return (Found(code="merged-cell") if raw else BLANK), raw
        found = value_of(cell, asked, known, self.cells.epoch_1904)
        if found.value is not None:
            found = self._constrained(found, asked)
        if found.code:
            self.problems.append(
                found.problem(place.sheet.name, address(*spot), place.question.name)
            )
        elif cell is not None and raw:
            self._notes(place, spot, cell)
        return found, raw

    def _constrained(self, found: Found, asked: Question | TableColumn) -> Found:
        rule = asked.constraint
        if rule is None or rule.names or found.value is None or rule.holds({}, found.value):
            return found
        text = asked.constraint_message.in_(self.identity.language)
        written = _written(found.value)
        return Found(code="out-of-range", fields={"value": written[:200], "rule": text})

    def _notes(self, place: Located, spot: Spot, cell: Cell) -> None:
        if place.sheet.hides(*spot):
            self._report(place, spot, "hidden-answer", value=shown(cell)[:200])
        if cell.formula:
            self._report(place, spot, "formula-answer", value=shown(cell)[:200])

    def _wording_stands(self, place: Located) -> bool:
        """True where what a person reads around the answer is the pack's."""
        stands = True
        for spot, text in place.wording.items():
            seen = " ".join(place.sheet.text(*spot).split())
            if tidy(seen) != tidy(" ".join(text.split())):
                self._report(place, spot, "changed-question")
                stands = False
        return stands

    # --- several choices, tables ----------------------------------------------------------

    def _ticks(self, place: Located) -> tuple[AnswerValue | None, str, bool]:
        """Choices ticked Yes. Nothing at all is blank; a No alone is an answer: none of them."""
        known = tick_labels(self.translate)
        chosen, looked, bad = [], False, []
        for choice, spot in place.ticks.items():
            cell = place.sheet.at(*spot)
            if cell is not None and tidy(shown(cell)).casefold() in TICKED:
                found, raw = Found("yes"), shown(cell)
            else:
                found, raw = self._cell(place, spot, TICK, known)
            if found.code:
                bad.append(f"{choice}: {raw}")
            looked = looked or found.value is not None
            if found.value == "yes":
                chosen.append(choice)
        exclusive = self._exclusive(place, chosen)
        if bad or exclusive:
            return None, "; ".join([*bad, *chosen]), True
        return (tuple(chosen) if looked else None), "", False

    def _exclusive(self, place: Located, chosen: list[str]) -> bool:
        alone = [c for c in place.question.choices if c.exclusive and c.name in chosen]
        if not alone or len(chosen) < 2:
            return False
        label = alone[0].label.in_(self.identity.language)
        self._report(place, place.ticks[alone[0].name], "exclusive-choice", value=label)
        return True

    def _table(self, place: Located) -> tuple[AnswerValue | None, str, bool]:
        """Rows with at least one entry. A bad cell is left out of its row and kept as raw."""
        question, rows, bad = place.question, list[Row](), list[str]()
        in_conflict = {line for item in self.open.get(question.name, ()) for line in item.lines}
        for number, key in place.rows:
            if number in in_conflict:
                continue
            row: Row = {}
            for column in question.columns:
                if column.name == question.row_key:
                    continue
                spot = (number, place.columns[column.name])
                known = labels(column, self.identity.language, self.translate)
                found, raw = self._cell(place, spot, column, known)
                if found.code:
                    bad.append(f"{address(*spot)}: {raw}")
                elif found.value is not None:
                    row[column.name] = found.value
            if row:
                rows.append({question.row_key: key, **row} if question.row_key else row)
        raw = "; ".join(bad)
        if rows:
            return tuple(rows), raw, False
        return None, raw, bool(bad)

    # --- beside the answer ----------------------------------------------------------------

    def _entry(self, place: Located, spot: Spot) -> Cell | None:
        """An entry beside the answer, None where it is blank; told where it is merged."""
        area = place.sheet.merge_over(*spot)
        if area is not None and not area.single:
            top = place.sheet.at(area.top, area.left)
            cell = place.sheet.at(*spot)
            if not (is_blank(top) and is_blank(cell)):
                self._report(place, spot, "merged-cell", value=str(area))
        cell = place.sheet.at(*spot)
        return None if is_blank(cell) else cell

    def _merged(self, place: Located, spot: Spot) -> bool:
        area = place.sheet.merge_over(*spot)
        return area is not None and not area.single

    def _reason(self, place: Located) -> tuple[AnswerState | None, str]:
        """The state a reason stands for, and its text."""
        spot = place.parts[Part.REASON]
        cell = self._entry(place, spot)
        if cell is None:
            return None, ""
        text = shown(cell)
        if self._merged(place, spot):
            return None, text
        found = choice_of(cell, None, self.reason_labels)
        if found.code:
            self.problems.append(
                found.problem(place.sheet.name, address(*spot), place.question.name)
            )
            return None, text
        self._notes(place, spot, cell)
        reason = next(choice for choice in self.reasons if choice.name == found.value)
        state = reason.kind or reason.name
        known = {s.value for s in AnswerState}
        return AnswerState(state) if state in known else AnswerState.NO_INFORMATION, text

    def _evidence_class(self, place: Located) -> str:
        spot = place.parts[Part.EVIDENCE_CLASS]
        cell = self._entry(place, spot)
        if cell is None:
            return ""
        found = choice_of(cell, None, self.class_labels)
        if found.code:
            self.problems.append(
                found.problem(place.sheet.name, address(*spot), place.question.name)
            )
        return str(found.value or "")

    def _text(self, place: Located, part: Part) -> str:
        """Evidence or comment; characters that hide text are taken out and reported."""
        spot = place.parts[part]
        cell = self._entry(place, spot)
        if cell is None:
            return ""
        found = text_of(cell)
        if not found.code:
            return str(found.value or "")
        self.problems.append(found.problem(place.sheet.name, address(*spot), place.question.name))
        if found.code in ("formula-error", "formula-not-calculated"):
            return ""
        clear = "".join(letter for letter in shown(cell) if not suspects(letter))
        return tidy(clear)[:LONGEST_TEXT]

    # --- skip logic -----------------------------------------------------------------------

    def _apply_skip_logic(
        self, located: Sequence[Located], answers: Sequence[Answer]
    ) -> list[Answer]:
        known = self.earlier | {
            a.question: a
            for a in answers
            if a.state is not AnswerState.BLANK or a.raw or a.question not in self.earlier
        }
        values: dict[str, AnswerValue | None] = {name: a.value for name, a in known.items()}
        unusable = {name for name, a in known.items() if a.state is AnswerState.UNUSABLE}
        done = []
        for place, answer in zip(located, answers, strict=True):
            rule = place.question.relevant
            # what rests on an unusable answer, or one not asked here, is taken as asked
            open_rule = rule is None or not rule.names <= values.keys() or rule.names & unusable
            if open_rule or rule is None or rule.holds(values):
                done.append(answer)
                continue
            given = answer.raw or _written(answer.value)
            if given:
                self._report(place, place.spot, "answered-though-skipped", value=given[:200])
            values[answer.question] = None
            update = {"state": AnswerState.SKIPPED, "value": None, "raw": given}
            done.append(answer.model_copy(update=update))
        return done


def _written(value: AnswerValue | None) -> str:
    """A value as short text."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(
            item if isinstance(item, str) else ", ".join(str(part) for part in item.values())
            for item in value
        )
    return f"{value:.15g}" if isinstance(value, float) else value
