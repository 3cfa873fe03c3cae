"""The product's own words in every language, taken from the code itself."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from docx import Document

from assessments.errors import UnknownLanguage
from assessments.language import (
    all_of,
    direction,
    languages,
    one_of,
    words,
    words_or_english,
)
from assessments.paths import REPORT_TEMPLATES
from assessments.report.template_words import messages

ASSESSMENTS = Path(__file__).parents[2] / "assessments"
ONE_FORM = {"N_", "translate", "_", "say", "Said"}
TWO_FORMS = {"ngettext", "count", "counted"}
FIELD = re.compile(r"\{([A-Za-z_0-9.]+)(?:![a-z])?\}")


def said_in_code() -> set[str | tuple[str, ...]]:
    found: set[str | tuple[str, ...]] = set()
    for part in (
        "language", "workbook", "untrusted", "scoring", "design", "report", "reference", "mission",
    ):  # fmt: skip
        for path in (ASSESSMENTS / part).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    found |= said_by(node)
    for template in REPORT_TEMPLATES.glob("*.docx"):
        found |= messages(Document(str(template)))
    return found


def said_by(call: ast.Call) -> set[str | tuple[str, ...]]:
    """The message of this call, also where it is a value of another message."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    forms = 1 if name in ONE_FORM else 2 if name in TWO_FORMS else 0
    texts = tuple(
        one.value
        for one in call.args[:forms]
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value
    )
    if not forms or len(texts) < forms:
        return set()
    return {texts[0] if forms == 1 else texts}


def has_words(said: str | tuple[str, ...]) -> bool:
    """False for a message that only sets values side by side."""
    return any(re.search(r"[^\W\d_]", re.sub(r"\{[^}]*\}", "", form)) for form in
               ([said] if isinstance(said, str) else said))  # fmt: skip


def catalogue(language: str):
    with (ASSESSMENTS / "language" / "catalogues" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_every_word_in_the_code_has_a_translation(language: str) -> None:
    known = {message.id for message in catalogue(language) if message.id and message.string}
    assert len(said_in_code()) > 150
    assert {said for said in said_in_code() - known if has_words(said)} == set()


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_no_translation_loses_or_invents_a_field(language: str) -> None:
    for message in catalogue(language):
        if isinstance(message.id, str) and message.id:
            assert set(FIELD.findall(message.id)) == set(FIELD.findall(message.string)), message.id
        elif message.id:
            wanted = set(FIELD.findall(message.id[1]))
            for form in message.string:  # "one question" needs no figure in Arabic
                assert wanted - {"count", "n"} <= set(FIELD.findall(form)) <= wanted, form


def test_french_punctuation_is_never_parted_from_its_word() -> None:
    """« and » hold no-break spaces, so do : ; ? and ! before them; an apostrophe is ’."""
    loose = re.compile(r"«(?!\u00a0)|(?<!\u00a0)»|[ \u202f][:;?!]|(?<=\w)'(?=\w)")
    for message in catalogue("fr"):
        forms = [message.string] if isinstance(message.string, str) else message.string
        for form in forms if message.id else ():
            assert not loose.search(form), form


def test_arabic_has_six_plural_forms() -> None:
    arabic = words("ar")
    forms = [
        arabic.ngettext("{count} question", "{count} questions", n) for n in (1, 2, 5, 20, 100)
    ]
    assert forms == ["سؤال واحد", "سؤالان", "5 أسئلة", "20 سؤالا", "100 سؤال"]


def test_english_needs_no_catalogue() -> None:
    assert words("en").ngettext("{count} question", "{count} questions", 1) == "1 question"
    assert words("en")("Sheet {sheet}", sheet="A") == "Sheet A"


def test_a_value_with_braces_is_printed_and_never_evaluated() -> None:
    text = words("en")("“{value}” is not on the list.", value="{value.__class__} {0}")
    assert text == "“{value.__class__} {0}” is not on the list."


def test_a_text_without_translation_comes_out_in_english() -> None:
    assert words("fr")("Never said before") == "Never said before"


def test_a_language_that_only_a_pack_speaks_has_english_words_around_it() -> None:
    russian = words_or_english("ru")
    assert (russian.language, russian("Sheet {sheet}", sheet="A")) == ("ru", "Sheet A")
    assert russian.ngettext("{count} question", "{count} questions", 3) == "3 questions"
    assert words_or_english("fr") is words("fr")
    with pytest.raises(UnknownLanguage, match="'xx'"):
        words_or_english("xx")


def test_arabic_is_written_from_the_right() -> None:
    assert [direction(code) for code in languages()] == ["ltr", "rtl", "ltr", "ltr"]


def test_a_language_without_catalogue_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownLanguage, match=r"'xx'.*en, ar, es, fr"):
        words("xx")


@pytest.mark.parametrize(
    ("language", "either", "all_"),
    [
        ("en", "“A”, “B” or “C”", "X, Y and Z"),
        ("fr", "«\u00a0A\u00a0», «\u00a0B\u00a0» ou «\u00a0C\u00a0»", "X, Y et Z"),
        ("es", "«A», «B» o «C»", "X, Y y Z"),
        ("ar", "«A» أو «B» أو «C»", "X وY وZ"),
        ("ru", "“A”, “B” or “C”", "X, Y and Z"),  # without a catalogue the words are English
    ],
)
def test_a_list_is_written_as_the_language_writes_it(language: str, either: str, all_: str) -> None:
    translate = words_or_english(language)
    assert translate("{list}", list=one_of(["A", "B", "C"])) == either
    assert translate("{list}", list=all_of(["X", "Y", "Z"])) == all_


def test_a_long_list_says_that_it_goes_on() -> None:
    assert words("en").listed(all_of("ABCD", most=3)) == "A, B and C …"
    assert words("en").listed(all_of("ABC", most=3)) == "A, B and C"


def test_texts_that_may_hold_commas_are_parted_by_the_language_s_semicolon() -> None:
    assert words("ar").joined(["نعم", "لا", "{before}"]) == "نعم؛ لا؛ {before}"
    assert words("fr").joined(["oui", "non"]) == "oui\u00a0; non"
    assert words("en").joined([]) == ""
