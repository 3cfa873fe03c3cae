"""The form's XPath: what stands on an exported form beside the pack's own rules.

The pack's rules are a subset of XLSForm's XPath and stand as they are, but for constraints that
read another question: on a phone every comparison of order with an unanswered question fails and
would refuse each answer, so they hold while the other question is unanswered, as in the workbook.
"""

from __future__ import annotations

from collections.abc import Iterable

from assessments.pack.expressions import Expression
from assessments.pack.model import Choice
from assessments.workbook.xlsform.fields import INSTITUTION


def guarded(rule: Expression) -> str:
    """A constraint that holds while a question it reads is unanswered."""
    if not rule.names:
        return rule.text
    unanswered = " or ".join(f"${{{name}}} = ''" for name in sorted(rule.names))
    return f"{unanswered} or ({rule.text})"


def alone(choices: Iterable[Choice]) -> str:
    """The constraint that exclusive choices put on a `select_multiple`, "" where there are none."""
    exclusive = [f"selected(., '{choice.name}')" for choice in choices if choice.exclusive]
    if not exclusive:
        return ""
    return f"not(({' or '.join(exclusive)}) and count-selected(.) > 1)"


def seen_by(institutions: Iterable[str]) -> str:
    """The rule of a group that only these respondents see."""
    return " or ".join(f"${{{INSTITUTION}}} = '{code}'" for code in institutions)


def key_of_row(position: str, names: Iterable[str]) -> str:
    """The calculation that gives a fixed row its key: the choice at its place."""
    return f"selected-at('{' '.join(names)}', ${{{position}}} - 1)"
