"""What is said in the logical framework: results, activities, and how each result is measured."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assessments.design.phrases import inside
from assessments.language import Level, Said, Share
from assessments.results import AppliedRule

EVERY_YEAR = Said("once a year")
AT_THE_END = Said("at the end of the activity")
NEXT_ROUND = Said("next round of this questionnaire")
LEDGER = Said("compliance table of the next round")
NOT_COUNTED = Said("none: counts institutions, not people")
BY_SEX = Said("by sex and institution")
NO_BASELINE = Said("none yet")
# where a pack names no condition for an output
PLAIN_CONDITION = Said("The institutions take part and name who is responsible.")


def filled(
    sentence: str, country: str, institutions: Sequence[str] = (), areas: Sequence[str] = ()
) -> Said:
    """A sentence of the pack with the names it leaves open."""
    if not sentence:
        return Said()
    text = Said(
        sentence,
        country=country,
        institutions=tuple(Said("the {name!l}", name=name) for name in institutions),
        areas=inside(areas),
    )
    return Said("{sentence!u}", sentence=text)


def activity(title: str, rules: Sequence[AppliedRule]) -> Said:
    """The activity; how it is done here stands once, with its rules, under the intervention."""
    adapted = any(rule.effect == "adapt" and rule.how for rule in rules)
    if adapted:
        return Said("{title}, in the form adapted to the country", title=title)
    return Said(title)


def level_indicator(name: str, question: str) -> Said:
    if question:
        return Said(
            "Level of {name!l}, 0 to 4 (deciding fact: {question})", name=name, question=question
        )
    return Said("Level of {name!l}, 0 to 4", name=name)


def level_baseline(level: float, answer: str) -> Said:
    if answer:
        return Said("level {level}; answered: {answer}", level=Level(level), answer=answer)
    return Said("level {level}", level=Level(level))


def level_target(target: float, text: str) -> Said:
    if text:
        return Said("level {level}: {text!l}", level=round(target), text=text)
    return Said("level {level}", level=round(target))


def month(number: int) -> Said:
    return Said("month {month} of the project", month=number)


def delivered(quantity: Decimal, unit: str) -> Said:
    """What is handed over; a part of one is one of reduced scope, since nobody holds 0.4 clinic."""
    if 0 < quantity < 1:
        return Said(
            "1 {unit} of reduced scope ({share} of the standard size)",
            unit=unit,
            share=Share(quantity),
        )
    return Said("{quantity} {unit}", quantity=quantity.normalize(), unit=unit)


def mandatory_met() -> Said:
    return Said("Mandatory paragraphs of the Convention that are met")


def of_known(met: int, known: int) -> Said:
    return Said("{met} of {known} with a known verdict", met=met, known=known)
