"""What stands behind the findings: answers that may be shown, rules, versions, terms."""

from __future__ import annotations

from itertools import groupby

from assessments.report import context_annexes as c
from assessments.report import tailoring
from assessments.report.context_findings import Fact
from assessments.report.context_tailoring import Rule
from assessments.report.country_facts import fact_value
from assessments.report.voices import Voices
from assessments.results import Answer, AnswerState, AppliedRule
from assessments.scoring import AGREED
from assessments.scoring.publication import closed_questions


def annexes(voices: Voices) -> c.Annexes:
    """All annexes but the two ledgers, which stand in the findings."""
    design = voices.inputs.design
    return c.Annexes(
        answers_note=_answers_note(voices),
        answers=_answers(voices),
        rules=_rules(voices),
        context=tuple(
            Fact(_fact_name(voices, name), fact_value(voices, name, value))
            for name, value in design.context
            if value
        ),
        assumptions=tuple(voices.printed(a) for a in design.assumptions),
        method=_method(voices),
        glossary=_glossary(voices),
    )


def _answers_note(voices: Voices) -> str:
    words = voices.words
    note = words.say(
        "Answers as the institutions gave them, in the order of the questionnaire. The id leads "
        "to the workbook, sheet and cell."
    )
    closed = len(closed_questions(voices.pack))
    if not voices.public or not closed:
        return note
    return (
        note
        + " "
        + words.count(
            "{n} question of the questionnaire is restricted or confidential; answers to it are "
            "not used in the public version.",
            "{n} questions of the questionnaire are restricted or confidential; answers to them "
            "are not used in the public version.",
            closed,
        )
    )


def _answers(voices: Voices) -> tuple[c.AnsweredQuestion, ...]:
    """Answers by question, in the order of the questionnaire."""
    order = {question.name: n for n, question in enumerate(voices.pack.questions)}
    shown = [a for a in voices.inputs.answers if a.state is AnswerState.ANSWERED]
    shown.sort(key=lambda a: (order.get(a.question, len(order)), a.institution))
    return tuple(
        c.AnsweredQuestion(
            code=name,
            question=voices.question_label(name),
            answers=tuple(
                c.ShownAnswer(
                    id=answer.id,
                    institution=voices.institution(answer.institution),
                    answer=voices.answer(answer),
                    evidence=voices.plain(_grounds(voices, answer), 400),
                )
                for answer in given
            ),
        )
        for name, given in groupby(shown, key=lambda answer: answer.question)
    )


def _grounds(voices: Voices, answer: Answer) -> str:
    """The document cited; of a judgement also who gave it, when, why, and who dissents."""
    institution = voices.pack.institutions.get(answer.institution)
    judges = answer.institution == AGREED or (institution and institution.kind == "observer")
    return " ".join(part for part in (answer.evidence, answer.comment if judges else "") if part)


def _rules(voices: Voices) -> tuple[Rule, ...]:
    """Each applied rule once, with the interventions it was applied to."""
    first: dict[str, AppliedRule] = {}
    titles: dict[str, list[str]] = {}
    design = voices.inputs.design
    places: dict[str, str] = {}
    for n, chosen in enumerate(design.interventions, 1):
        for rule in chosen.rules:
            said = voices.words.say("See Part B, intervention {n}.", n=voices.words.whole(n))
            places.setdefault(rule.rule, said)
    sources = [(i.title, i.rules) for i in design.interventions]
    sources += [(r.title, r.rules) for r in design.rejected]
    for title, rules in sources:
        for rule in rules:
            first.setdefault(rule.rule, rule)
            titles.setdefault(rule.rule, []).append(voices.printed(title))
    return tuple(
        tailoring.rule(voices, first[name], voices.words.parted(titles[name]), places.get(name, ""))
        for name in sorted(first)
    )


def _fact_name(voices: Voices, name: str) -> str:
    """A fact of the rules in words: a level by its sub-dimension, a question by its wording."""
    words = voices.words
    head, _, tail = name.partition("_")
    code = tail.replace("_", "-")
    if code in voices.pack.sub_dimension and head in {"level", "gap"}:
        area = voices.sub_name(code)
        if head == "level":
            return words.say("level of: {area}", area=area)
        return words.say("gap of: {area}", area=area)
    if head == "verdict" and tail in voices.pack.requirement:
        return words.say("paragraph {ref}", ref=voices.pack.requirement[tail].ref)
    if name in voices.pack.question:
        return voices.question_label(name)
    return words.term(name)


def _method(voices: Voices) -> tuple[Fact, ...]:
    words, inputs = voices.words, voices.inputs
    ref = inputs.scores.assessment
    piloted = words.say("yes") if inputs.pack.piloted else words.say("not yet")
    facts = (
        (words.say("Questionnaire pack"), f"{ref.pack} {ref.pack_version}"),
        (words.say("Content of the pack (SHA-256)"), ref.pack_digest),
        (words.say("Piloted with a country"), piloted),
        (words.say("Method"), ref.method_version),
        (words.say("tana"), inputs.provenance.tana_version),
        (words.say("Run"), inputs.provenance.run),
    )
    return tuple(Fact(label, voices.printed(value)) for label, value in facts if value)


def _glossary(voices: Voices) -> tuple[Fact, ...]:
    say = voices.words.say
    terms = (
        (
            say("Level"),
            say(
                "Capability of one sub-dimension: 0 absent, 1 initial, 2 partial, 3 functional, "
                "4 sustained. A level counts as reached when it is: 1.9 is still initial."
            ),
        ),
        (
            say("Interval"),
            say("How far the level could lie apart, given missing answers and weak evidence."),
        ),
        (
            say("Coverage"),
            say("Share of the questions that apply which were answered, by weight."),
        ),
        (
            say("Seen, observed, reported"),
            say(
                "A document was seen; an expert observed it; or an institution said so and "
                "nothing more."
            ),
        ),
        (say("Gap"), say("Target minus level, where the level is below the target.")),
        (
            say("Severity"),
            say("Gap, weight and the other factors printed beside it, multiplied."),
        ),
        (
            say("Knock-out question"),
            say(
                "A question whose failing answer holds a sub-dimension down, whatever else exists."
            ),
        ),
        (
            say("Mandatory paragraph"),
            say("A treaty paragraph that obliges States Parties to do something."),
        ),
        (
            say("Tailoring rule"),
            say("A written condition under which an intervention is chosen, changed or left out."),
        ),
        (
            say("Package"),
            say("A set of interventions under one ceiling, for the Government to choose from."),
        ),
        (
            say("Printed id"),
            say(
                "The small code beside a number or finding, as GAP_XAA_2026_TEC_1. The command "
                "tana trace follows it to the answers and cells it rests on."
            ),
        ),
    )
    return tuple(Fact(term, meaning) for term, meaning in terms)
