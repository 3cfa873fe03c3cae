"""A sentence is stored as a message with its values, and composed in the reader's language."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal

import pytest
from pydantic import BaseModel, ValidationError

from assessments.language import (
    Composer,
    Figures,
    InstitutionCode,
    Level,
    Money,
    Said,
    Share,
    Translator,
    words,
)

FRENCH = {
    "Level {level}, target {target}.": ("Niveau {level}, cible {target}.",),
    "{n} fact of {names}.": ("{n} fait de {names}.", "{n} faits de {names}."),
    "Needs {cost} ({share}).": ("Il faut {cost} ({share}).",),
    "{lead} sent nothing.": ("{lead} n'a rien envoyé.",),
    "functional": ("fonctionnel",),
    "dimension\x04functional": ("fonctionnelle",),
}


class Holder(BaseModel):
    said: Said


def french(said: str) -> str:
    translator = Translator("fr", FRENCH, words("fr").plural)
    return Composer(
        translator,
        Figures("fr"),
        lambda text: {"Drafting: ask early": "Rédaction : demander tôt"}.get(text, text),
        {"CA": "Autorité centrale"}.__getitem__,
    ).compose(said)


def test_a_sentence_reads_as_english_and_is_stored_without_it() -> None:
    said = Said("Level {level}, target {target}.", level=Level(2), target=3.25)
    assert said == "Level 2.0, target 3.25."
    assert Holder(said=said).model_dump() == {
        "said": {
            "says": "Level {level}, target {target}.",
            "values": {"level": {"level": 2.0}, "target": 3.25},
        }
    }
    assert french(said) == "Niveau 2,0, cible 3,25."


def test_a_count_takes_the_plural_of_the_language() -> None:
    """French counts one and a half and nought as singular; English does not."""
    of_none = Said.counted("{n} fact of {names}.", "{n} facts of {names}.", 0, names=("A", "B"))
    assert of_none == "0 facts of A and B."
    assert french(of_none) == "0 fait de A et B."


def test_money_shares_and_institutions_are_written_by_the_language() -> None:
    said = Said("Needs {cost} ({share}).", cost=Money(Decimal(1234567), "USD"), share=Share(0.5))
    assert french(said) == "Il faut 1\u202f234\u202f567\u00a0USD (50\u00a0%)."
    assert french(Said("{lead} sent nothing.", lead=InstitutionCode("CA"))) == (
        "Autorité centrale n'a rien envoyé."
    )


@pytest.mark.parametrize(
    "said",
    [
        Said("plain {braces}"),
        Said.together(Said("Level {level}.", level=2.5), "", Said("Then.")),
        Said.counted("{n} fact", "{n} facts", 3),
        Said("{a}", a=(Said("«{t}»", t="x"), InstitutionCode("CA"), Money(Decimal("1.50"), "USD"))),
        Said("{q} {s} {l}", q=Decimal("0.4"), s=Share(0.25), l=Level(1)),
    ],
)
def test_store_copy_and_pickle_lose_nothing(said: Said) -> None:
    stored = Holder(said=said).model_dump_json()
    for again in (
        Holder.model_validate_json(stored).said,
        copy.deepcopy(said),
        pickle.loads(pickle.dumps(said)),
    ):
        assert again == said
        assert Holder(said=again).model_dump_json() == stored


def test_what_is_no_sentence_is_refused() -> None:
    with pytest.raises(ValidationError, match="a message with its values"):
        Holder.model_validate({"said": 7})


def test_a_value_with_braces_is_never_a_field() -> None:
    said = Said("Level {level}, target {target}.", level="{target}", target="{level.__class__}")
    assert said == "Level {target}, target {level.__class__}."


def test_parts_of_a_text_are_cut_in_the_language_it_is_told_in() -> None:
    risk = "Drafting: ask early"
    assert Said("{risk!a}.", risk=risk) == "Ask early."
    assert french(Said("{risk!b}.", risk=risk)) == "Rédaction."
    assert french(Said("{risk!a}.", risk=risk)) == "Demander tôt."


def test_an_adjective_agrees_with_what_it_is_said_of() -> None:
    translator = Translator("fr", FRENCH, words("fr").plural)
    assert translator("functional") == "fonctionnel"
    assert translator.of("dimension", "functional") == "fonctionnelle"
    assert words("en").of("dimension", "functional") == "functional"
