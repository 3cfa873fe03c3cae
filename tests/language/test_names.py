"""A language column is `name (code)`; what CLDR knows under no such name is told how to write."""

import pytest

from assessments.language import disagreement


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("French", "fr"),
        ("Français", "fr"),  # in itself
        ("Anglais", "en"),  # as a French office names it
        ("Bengali", "bn"),  # Bangla in today's English
        ("English UK", "en"),
        ("Brazilian Portuguese", "pt"),
        ("Português (Brasil)", "pt-br"),
        ("简体中文", "zh"),
        ("Kreol Morisien", "mfe"),
        ("русский", "ru"),
    ],
)
def test_a_language_may_be_named_as_people_name_it(name: str, code: str) -> None:
    assert disagreement(name, code) == ""


@pytest.mark.parametrize(
    ("name", "code", "right"),
    [
        ("Fremch", "fr", "French (fr)"),
        ("Frenchh", "fr", "French (fr)"),
        ("Russain", "ru", "Russian (ru)"),
        ("Arbic", "ar", "Arabic (ar)"),
        ("English", "qq", "English (en)"),
        ("English", "fr", "English (en)» or «French (fr)"),
    ],
)
def test_what_names_no_language_is_told_how_to_write_it(name: str, code: str, right: str) -> None:
    assert disagreement(name, code) == right
