"""Checking rules against what they speak of: names, choices, and whether they can ever fire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.pack.domains import Domain, example
from assessments.pack.draft import Draft
from assessments.pack.expressions import Expression, as_number
from assessments.pack.grammar import (
    ORDER,
    Any,
    Comparison,
    Constant,
    CountSelected,
    Reference,
    Selected,
    atoms_and_operands,
)
from assessments.pack.model import Question, QuestionType
from assessments.pack.tables import nearest
from assessments.results import Verdict

TRADITIONS = ("civil", "common", "mixed", "islamic")
COUNTRY_FACTS: Mapping[str, Domain] = {
    "legal_tradition": Domain("one", TRADITIONS),
    "treaty_effect": Domain("one", ("monist", "dualist", "mixed")),
    "resource_setting": Domain("one", ("low", "low_middle", "middle", "high")),
    "region": Domain("text"),
    "subregion": Domain("text"),
    "ldc": Domain("one", ("yes", "no"), known=True),
    "lldc": Domain("one", ("yes", "no"), known=True),
    "sids": Domain("one", ("yes", "no"), known=True),
    "official_languages": Domain("several"),
    "networks": Domain("several"),
    "regional_networks": Domain("several"),
    "institutions": Domain("several"),
    "untoc_status": Domain("one", ("ratified", "acceded", "signed", "none")),
    "donor_projects": Domain("number", low=0, whole=True),
}
_NUMBERS = {QuestionType.INTEGER, QuestionType.DECIMAL}
_CHOICES = {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.LEVEL}


def domain_of(question: Question) -> Domain:
    """What an answer to the question can be."""
    names = tuple(choice.name for choice in question.choices)
    match question.type:
        case QuestionType.SELECT_ONE | QuestionType.LEVEL:
            return Domain("one", names)
        case QuestionType.SELECT_MULTIPLE:
            exclusive = frozenset(choice.name for choice in question.choices if choice.exclusive)
            return Domain("several", names, exclusive)
        case QuestionType.INTEGER | QuestionType.DECIMAL:
            return Domain("number", whole=question.type is QuestionType.INTEGER)
        case _:
            return Domain("text")


def domains_of(draft: Draft) -> dict[str, Domain]:
    """Everything that a tailoring rule or a condition may read."""
    found = {name: domain_of(question) for name, question in draft.questions.items()}
    found.update(COUNTRY_FACTS)
    for code in draft.sub_dimensions:
        tail = code.replace("-", "_")
        found[f"level_{tail}"] = Domain("number", low=0, high=4)
        found[f"gap_{tail}"] = Domain("number", low=0, high=4)
    verdicts = Domain("one", tuple(verdict.value for verdict in Verdict), known=True)
    found.update({f"verdict_{name}": verdicts for name in draft.requirements})
    institutions = tuple(choice.name for choice in draft.choice_lists["institutions"])
    found["institutions"] = Domain("several", institutions)
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule stands: the row of `name` in `file`, and the column."""

    draft: Draft
    file: str
    name: str
    column: str

    def wrong(self, code: str, message: str, remedy: str, note: bool = False) -> None:
        self.draft.wrong(self.file, self.name, code, self.column, message, remedy, note)


def check_rule(
    rule: Expression, place: Place, domains: Mapping[str, Domain], here: Domain | None = None
) -> bool:
    """Check names, choices and kinds; True where nothing is wrong with them."""
    draft, sound = place.draft, True
    for name in sorted(rule.names):
        if name in domains and not _is_table(draft, name):
            continue
        sound = False
        if name in draft.unread:
            continue  # its own row says what is wrong with it
        if name in domains:
            place.wrong(
                "rule-on-table", f"The rule reads the table «{name}», which has no single answer.",
                "Ask for the fact in a question of its own.",
            )  # fmt: skip
        else:
            place.wrong(
                "unknown-name", f"The rule reads «{name}», which stands nowhere.",
                f"Correct the name{nearest(name, list(domains))}.",
            )  # fmt: skip
    if rule.reads_here and here is None:
        sound = False
        place.wrong(
            "dot-outside-constraint", "`.` stands for the cell of a constraint only.",
            "Name the question as ${QUESTION}.",
        )  # fmt: skip
    for atom in atoms_and_operands(rule.node):
        if isinstance(atom, Selected | Comparison):
            sound = _check_atom(atom, place, domains, here) and sound
    return sound


def _is_table(draft: Draft, name: str) -> bool:
    question = draft.questions.get(name)
    return question is not None and question.type is QuestionType.TABLE


def _domain(
    operand: object, domains: Mapping[str, Domain], here: Domain | None
) -> tuple[str, Domain | None]:
    if isinstance(operand, Reference):
        return operand.name, domains.get(operand.name)
    return ".", here


def _check_atom(
    atom: Selected | Comparison,
    place: Place,
    domains: Mapping[str, Domain],
    here: Domain | None,
) -> bool:
    if isinstance(atom, Selected):
        name, domain = _domain(atom.of, domains, here)
        return _choice_known(name, domain, atom.choice, place)
    sound = True
    for side, other in ((atom.left, atom.right), (atom.right, atom.left)):
        if isinstance(side, Constant | CountSelected) or not isinstance(other, Constant):
            continue
        name, domain = _domain(side, domains, here)
        value = other.value
        if domain is None:
            continue
        if domain.kind == "number" and as_number(value) is None and value != "":
            place.wrong(
                "not-comparable", f"«{name}» is a number and is compared with '{value}'.",
                "Compare it with a number.",
            )  # fmt: skip
            sound = False
        elif domain.kind in {"one", "several"} and atom.operator in ORDER:
            if not all(as_number(choice) is not None for choice in domain.choices):
                place.wrong(
                    "not-comparable", f"The choices of «{name}» have no order.",
                    "Compare with = or !=, or use selected().",
                )  # fmt: skip
                sound = False
        elif domain.kind in {"one", "several"} and value != "":
            text = value if isinstance(value, str) else f"{value:g}"
            sound = _choice_known(name, domain, text, place) and sound
    return sound


def _choice_known(name: str, domain: Domain | None, choice: str, place: Place) -> bool:
    if domain is None or not domain.choices or choice in domain.choices:
        return True
    place.wrong(
        "unknown-choice", f"«{choice}» is no choice of «{name}».",
        f"Use one of: {', '.join(domain.choices)}{nearest(choice, domain.choices)}.",
    )  # fmt: skip
    return False


def can_fire(
    rule: Expression, place: Place, domains: Mapping[str, Domain], *, needs_answer: bool = False
) -> bool:
    """True where some answers make the rule fire; else a fault is noted.

    `needs_answer`: the rule fires only where something that it reads is known, as in a design.
    """
    opened = with_mentioned(domains, rule)
    known = (rule,) if needs_answer else ()
    asked = asked_at_all(place.draft, rule)
    if example(opened, rule, known=known, also=asked) is not None:
        return True
    if example(opened, rule) is None:
        message = f"No answers make «{rule.text}» true."
        remedy = "Correct the condition; look for and where or is meant."
    elif example(opened, rule, known=known) is None:
        message = f"«{rule.text}» is true only where nothing it reads is known; then no rule fires."
        remedy = "Name an answer that makes it true."
    else:
        message = f"«{rule.text}» reads a question that is skipped wherever it would be true."
        remedy = "Compare the condition with `relevant` of the questions it reads."
    place.wrong("never-fires", message, remedy)
    return False


def asked_at_all(draft: Draft, *rules: Expression) -> tuple[Expression, ...]:
    """For every question that is read: it is unanswered, or its skip logic asks it."""
    found: dict[str, Expression] = {}
    waiting = [name for rule in rules for name in rule.names]
    while waiting:
        name = waiting.pop()
        question = draft.questions.get(name)
        if name in found or question is None or question.relevant is None:
            continue
        blank = Comparison(Reference(name), "=", Constant(""))
        found[name] = Expression(Any((blank, question.relevant.node)), question.relevant.text)
        waiting.extend(question.relevant.names)
    return tuple(found[name] for name in sorted(found))


def with_mentioned(domains: Mapping[str, Domain], *rules: Expression) -> Mapping[str, Domain]:
    """`domains`, with open lists (networks, languages) holding what the rules mention."""
    mentioned: dict[str, set[str]] = {}
    for rule in rules:
        for atom in atoms_and_operands(rule.node):
            if isinstance(atom, Selected) and isinstance(atom.of, Reference):
                mentioned.setdefault(atom.of.name, set()).add(atom.choice)
    opened = {
        name: Domain("several", (*sorted(choices), "another"))
        for name, choices in mentioned.items()
        if name in domains and domains[name].kind == "several" and not domains[name].choices
    }
    return {**domains, **opened} if opened else domains


def said(values: Mapping[str, object]) -> str:
    """An example of answers, in words."""
    parts: Iterable[str] = (
        f"{name} is {'unanswered' if value in ('', ()) else _shown(value)}"
        for name, value in sorted(values.items())
    )
    return ", ".join(parts) or "always"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return " and ".join(str(item) for item in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
