"""Translations: none missing, none that loses a figure or field, none that leaves the glossary."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from assessments.pack.check import check_pack
from assessments.pack.glossary import Term, departures, read_glossary
from assessments.pack.load import find_pack
from assessments.pack.tables import Faults

CATALOGUES = Path(__file__).parents[2] / "assessments" / "language" / "catalogues"
WORDING = {"missing-translation", "lost-in-translation", "leaves-glossary"}
LANGUAGES = ("fr", "es", "ar")


@pytest.fixture(scope="module")
def terms() -> tuple[Term, ...]:
    faults = Faults()
    found = read_glossary(find_pack("cooperation"), faults)
    assert faults.problems == []
    return found


def test_the_questionnaire_keeps_the_wording_of_the_convention() -> None:
    found = check_pack("cooperation").problems
    assert [str(one) for one in found if one.code in WORDING] == []


def test_every_term_has_its_wording_and_its_renderings_in_each_language(terms) -> None:
    assert len(terms) >= 60
    for term in terms:
        assert set(term.words.texts) == {"en", *LANGUAGES}, term.name
        assert term.stands_in(str(term.words)), term.name
        for language in LANGUAGES:
            assert term.kept_in(language, term.words.in_(language)), (term.name, language)
        assert term.verified <= set(LANGUAGES), term.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_workbook_keep_the_glossary_too(terms, language: str) -> None:
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        messages = [one for one in read_po(file, locale=language) if isinstance(one.id, str)]
    left = {
        (message.id, term.name)
        for message in messages
        for term in departures(terms, message.id, language, str(message.string))
    }
    assert left == set()


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("fr", "Les demandes d’ENTRAIDE  JUDICIAIRE reçues", True),
        ("fr", "Les demandes d'assistance mutuelle reçues", False),
        ("es", "solicitudes de asistencia judicial reciproca", True),
        ("ar", "طلبات المُساعَدة القانونية المتبادلة", True),
        ("ar", "طلبات المساعدة القضائية", False),
        ("ru", "запросы о помощи", True),  # nothing is laid down for Russian
    ],
)
def test_a_rendering_is_known_in_any_spelling(terms, language: str, text: str, kept: bool) -> None:
    [term] = [one for one in terms if one.name == "mutual_legal_assistance"]
    assert term.kept_in(language, text) is kept


FRENCH = "label::French (fr)"
HEADER = ["name", "term::English (en)", "term::French (fr)", "find", "allowed::English (en)",
          "allowed::French (fr)", "article", "verified"]  # fmt: skip


def french(pack, **labels: str) -> None:
    """The small pack in French, with these labels of questions."""
    rows = pack.rows("survey.csv")
    place = rows[0].index("label::English (en)")
    names = [row[rows[0].index("name")] for row in rows[1:]]
    added = [labels.get(name, row[place]) for name, row in zip(names, rows[1:], strict=True)]
    pack.write(
        "survey.csv", [[*rows[0], FRENCH], *([*r, a] for r, a in zip(rows[1:], added, strict=True))]
    )
    pack.write("glossary.csv", [HEADER, ["law", "law", "loi", "law*", "", "loi*", "", "fr"]])


def wording(pack) -> list[tuple[str, str, int | None]]:
    return [
        (one.code, one.column, one.row)
        for one in pack.check().problems
        if one.code in WORDING and one.file == "survey.csv"
    ]


def test_a_term_said_otherwise_is_named_with_its_row(pack) -> None:
    french(pack, LEG_1_02="Y a-t-il un texte ?", LEG_1_01="Niveau de la loi")
    row = pack.row_of("survey.csv", "LEG_1_02")
    assert wording(pack) == [("leaves-glossary", "label (fr)", row)]
    assert pack.check().sound


def test_a_listed_exception_is_no_departure(pack) -> None:
    french(pack, LEG_1_02="Y a-t-il un texte ?", LEG_1_01="Niveau de la loi")
    header = ["name", "language", "file", "row_name", "column", "reason"]
    line = ["law", "fr", "survey.csv", "LEG_1_02", "label", "A code counts."]
    pack.write("glossary_exceptions.csv", [header, line])
    assert wording(pack) == []
    pack.write("glossary_exceptions.csv", [header, ["lex", *line[1:-1], ""]])
    codes = {problem.code for problem in pack.check().problems}
    assert {"unknown-term", "no-reason", "leaves-glossary"} <= codes


def test_a_missing_translation_and_a_lost_figure_are_named(pack) -> None:
    french(pack, LEG_1_02="Une loi ?", LEG_1_01="Niveau de la loi", OPS_1_07="Jours")
    pack.set("survey.csv", "OPS_1_07", "label::English (en)", "Median days of 120")
    pack.set("survey.csv", "OPS_1_03", "hint::English (en)", "All States")
    pack.set("survey.csv", "OPS_1_04", "hint::French (fr)", "")
    assert wording(pack) == [
        ("missing-translation", "hint (fr)", pack.row_of("survey.csv", "OPS_1_03")),
        ("lost-in-translation", "label (fr)", pack.row_of("survey.csv", "OPS_1_07")),
    ]
