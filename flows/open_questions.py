"""What one institution should be asked again, and why: for its follow-up and for an interview."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from assessments.language import words
from assessments.pack.model import Pack, Question, Tier
from assessments.results import Answer, AnswerState, Sensitivity
from assessments.scoring.contradictions import contradictions
from assessments.scoring.gather import AGREED, gather, score_of
from assessments.workbook import reasons
from assessments.workbook.known import Known, answered_before, known


@dataclass
class OpenQuestions:
    """Everything that an institution should be asked again, with why."""

    pack: Pack
    institution: str
    tier: Tier
    language: str
    answers: tuple[Answer, ...]
    found: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    own: dict[str, Known] = field(default_factory=dict)  # her earlier answers, to be confirmed
    held_back: int = 0
    answered_by_lead: int = 0

    def __post_init__(self) -> None:
        self.translate = words(self.language)
        self.given = {a.question: a for a in self.answers if a.institution == self.institution}
        asked = self.pack.asked_of(self.institution, self.tier)
        self.asked = {question.name: question for question in asked}
        self.stated = {
            answer.question
            for answer in self.answers
            if answer.state is AnswerState.ANSWERED
            and answer.question in self.asked
            and answer.institution == self.asked[answer.question].lead
        }
        self._search()

    def _search(self) -> None:
        for question in self.asked.values():
            for code, text in self._alone(question):
                self._add(question.name, code, text)
        self._divergences()
        self._contradictions()
        self._what_depends()
        order = list(self.asked)
        self.found = dict(sorted(self.found.items(), key=lambda item: order.index(item[0])))
        for name in self.found:
            answer = self.given.get(name)
            if answer is not None and answer.state is AnswerState.ANSWERED:
                self.own[name] = self._earlier(self.asked[name], answer)

    def _add(self, name: str, code: str, text: str) -> None:
        if name in self.asked:
            self.found.setdefault(name, []).append((code, text))

    def _alone(self, question: Question) -> Iterator[tuple[str, str]]:
        """What her own answer says: blank, unreadable, or without the document it asks for."""
        answer = self.given.get(question.name)
        if answer is None or answer.state is AnswerState.BLANK:
            # others may leave a fact blank that its lead has answered: the workbook says so
            if question.lead != self.institution and question.name in self.stated:
                self.answered_by_lead += 1
            else:
                yield "blank", reasons.left_blank(self.translate)
        elif answer.state is AnswerState.UNUSABLE:
            yield "unusable", reasons.not_readable(answer.raw, self.translate)
        elif question.evidence and self._lacks_document(question, answer):
            yield "evidence", reasons.without_document(self.translate)

    @staticmethod
    def _lacks_document(question: Question, answer: Answer) -> bool:
        """An answer that a document could show; none shows that a thing is absent."""
        given = answer.state is AnswerState.ANSWERED and not answer.evidence
        return given and score_of(question, answer) != 0

    def _divergences(self) -> None:
        """Questions that others answered far from her; told only where the question is public."""
        if self.pack.method is None:
            return
        for item in gather(self.pack, self.answers).values():
            voices = {v.institution: v for v in item.voices if v.institution != AGREED}
            mine = voices.pop(self.institution, None)
            score = None if mine is None else score_of(item.question, mine)
            if mine is None or score is None:
                continue
            apart = [
                code
                for code, other in voices.items()
                if (theirs := score_of(item.question, other)) is not None
                and abs(theirs - score) >= self.pack.method.divergence.value
            ]
            if not apart:
                continue
            if item.question.sensitivity is not Sensitivity.PUBLIC:
                self.held_back += 1
                continue
            names = ", ".join(
                self.pack.institutions[code].label.in_(self.language) for code in apart
            )
            text = reasons.answered_otherwise(names, self.translate)
            self._add(item.question.name, "disputed", text)

    def _contradictions(self) -> None:
        """Pairs of the pack in which one answer is hers; the other may only be shown if public."""
        says = {rule.name: rule.says for rule in self.pack.contradictions}
        for pair in contradictions(self.pack, self.answers):
            hers = [voice.answer for voice in pair.voices if voice.institution == self.institution]
            if not hers:
                continue
            secret = any(
                voice.institution != self.institution
                and self.pack.question[name].sensitivity is not Sensitivity.PUBLIC
                for name, voice in zip(pair.questions, pair.voices, strict=True)
            )
            if secret:
                self.held_back += 1
                continue
            for name, voice in zip(pair.questions, pair.voices, strict=True):
                if voice.answer not in hers:
                    continue
                others = ", ".join(other for other in pair.questions if other != name)
                sentence = says[pair.name].in_(self.language)
                text = reasons.hardly_goes_with(others, sentence, self.translate)
                self._add(name, "contradicted", text)

    def _what_depends(self) -> None:
        """What a changed answer may bring up or rule out is asked with it."""
        for question in self.asked.values():
            rule = question.relevant
            parents = sorted(rule.names & self.found.keys()) if rule is not None else []
            if parents and question.name not in self.found:
                text = reasons.follows_from(parents[0], self.translate)
                self._add(question.name, "depends", text)

    def _earlier(self, question: Question, answer: Answer) -> Known:
        assert answer.value is not None
        where = f"{answer.source.sheet} {answer.source.cell}"
        source = answered_before(answer.source.file_name, where, self.translate)
        return known(question, answer.value, source, self.language, self.translate)
