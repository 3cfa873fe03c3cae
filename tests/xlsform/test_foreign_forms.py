"""A third party's XLSForm becomes a pack that is not scored, or is refused with sheet, row, reason.

The forms are written here in the style of those that ministries and projects use.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from exports import kobo_csv
from forms import form

from assessments.errors import NothingToAssess
from assessments.intake import receive_all
from assessments.pack.load import load_pack
from assessments.pack.model import QuestionType
from assessments.runner.material import material_of
from assessments.settings import Settings
from assessments.store import open_store
from assessments.workbook.xlsform.submissions import Given
from assessments.workbook.xlsform.unpack import ImportReport, import_form

COURTS = """
## survey
| type | name | label::English | label::French (fr) | hint::English | required | relevance | constraint | constraint message::English | appearance | parameters |
| start | start | | | | | | | | | |
| today | today | | | | | | | | | |
| note | welcome | Welcome to the survey | Bienvenue | | | | | | | |
| begin group | court | The court | Le tribunal | | | | | | | |
| text | court_name | Name of the court | Nom du tribunal | As on its seal | yes | | | | | |
| select_one yn | has_registry | Is there a registry? | Y a-t-il un greffe ? | | yes | | | | minimal | |
| integer | registry_staff_number_total | Staff of the registry | Agents du greffe | | | ${has_registry} = 'yes' | . >= 0 and . <= 500 | At most 500 | | |
| select all that apply from languages | languages | Languages of filing | Langues | | | ${registry_staff_number_total} > 0 | | | | |
| range | satisfaction | Satisfaction of users | Satisfaction | | | | | | | start=0 end=5 step=1 |
| end group | | | | | | | | | | |
| begin repeat | hearings | Hearings by video | Audiences | | | | | | | |
| date | held_on | Date | Date | | | | | | | |
| decimal | hours | Hours | Heures | | | | . > 0 | | | |
| end repeat | | | | | | | | | | |
| calculate | unused | | | | | | | | | |

## choices
| list name | name | label::English | label::French (fr) |
| yn | yes | Yes | Oui |
| yn | no | No | Non |
| languages | en | English | Anglais |
| languages | fr | French | |

## settings
| form_title | form_id | version | default_language |
| Courts of the capital | courts-2026 | 3 | English |
"""  # noqa: E501


@pytest.fixture
def imported(tmp_path: Path):
    def run(markdown: str, **options: bool) -> ImportReport:
        path = form(tmp_path / "form.xlsx", markdown)
        return import_form(path, tmp_path / "pack", **options)

    return run


def faults(report: ImportReport) -> set[tuple[str, str, int | None, str]]:
    return {
        (p.code, p.sheet, p.row, p.column) for p in report.problems if p.severity.value == "file"
    }


def test_a_form_as_people_write_them_becomes_a_pack_that_is_not_scored(imported, tmp_path):
    report = imported(COURTS)
    assert report.imported, report.problems
    assert not report.scored
    pack = load_pack(tmp_path / "pack")
    assert (pack.id, pack.version, str(pack.title)) == ("courts_2026", "3", "Courts of the capital")
    assert pack.languages == ("en", "fr")
    assert [(q.name, q.type.value) for q in pack.questions] == [
        ("court_name", "text"),
        ("has_registry", "select_one"),
        ("registry_staff_ea30d8", "integer"),
        ("languages", "select_multiple"),
        ("satisfaction", "integer"),
        ("hearings", "table"),
    ]
    staff = pack.questions[2]
    assert staff.label.in_("fr") == "Agents du greffe"
    assert str(staff.constraint_message) == "At most 500"
    assert pack.question["languages"].relevant.names == {staff.name}
    assert pack.question["satisfaction"].constraint.text == ". >= 0 and . <= 5"
    assert [c.type for c in pack.question["hearings"].columns] == [
        QuestionType.DATE,
        QuestionType.DECIMAL,
    ]


def test_whatever_was_left_out_is_told(imported):
    notes = {(p.code, p.row) for p in imported(COURTS).problems}
    assert notes >= {
        ("note-left-out", 4),
        ("metadata-left-out", 2),
        ("calculate-left-out", 16),
        ("name-shortened", 8),
        ("column-left-out", 1),
        ("no-translation", 5),
    }


def test_an_imported_pack_makes_a_workbook_and_a_form_again(imported, tmp_path):
    from datetime import date

    from pyxform.xls2xform import convert

    from assessments.pack.model import Tier
    from assessments.reference import country
    from assessments.workbook.read import read_workbook
    from assessments.workbook.write import build_workbook
    from assessments.workbook.xlsform.write import write_form

    imported(COURTS)
    pack = load_pack(tmp_path / "pack")
    book = build_workbook(pack, country("XAA"), "2026", "RESP", "fr", Tier.CORE,
                          tmp_path / "RESP.xlsx", reference_date=date(2026, 1, 1),
                          deadline=date(2026, 3, 1))  # fmt: skip
    reading = read_workbook(book, pack)
    assert reading.accepted
    assert len(reading.answers) == len(pack.questions)
    warnings: list[str] = []
    convert(str(write_form(pack, tmp_path / "again.xlsx")), warnings=warnings)
    assert warnings == []


def test_answers_to_the_form_are_taken_in_and_assess_says_that_nothing_is_scored(
    imported, tmp_path
):
    imported(COURTS)
    pack = load_pack(tmp_path / "pack")
    export = kobo_csv(tmp_path / "export.csv", [
        ["court_name", "has_registry", "registry_staff_number_total", "languages", "_uuid"],
        ["Court of appeal", "yes", "12", "en fr", "u1"],
    ])  # fmt: skip
    with open_store(Settings(home=tmp_path / "home")) as store:
        store.open_assessment("XAA", "2026", pack.id, pack.version, pack.digest,
                              pack_folder=pack.folder)  # fmt: skip
        (receipt,) = receive_all(export, store, given=Given("XAA", "2026", "RESP"))
        assert receipt.accepted, receipt.problems
        values = {a.question: a.value for a in store.answers("XAA", "2026") if a.value is not None}
        assert values == {"court_name": "Court of appeal", "has_registry": "yes",
                          "registry_staff_ea30d8": 12.0, "languages": ("en", "fr")}  # fmt: skip
        with pytest.raises(NothingToAssess, match="has no method"):
            material_of(store, "XAA", "2026", pack)


WRONG = """
## survey
| type | name | label::English (en) | label::Frenhc | relevant | constraint | calculation | choice_filter | lable |
| select_one yesno | a | A? | | | | | | |
| select_one yes_no | a | Twice | | | | | | |
| select_one yes_no | c | C? | | ${d} = 'yes' | | | | |
| select_one yes_no | d | D? | | ${c} = 'yes' | | | | |
| integer | e | E? | | count(${tab}) > 1 | | | | |
| integer | f | F? | | ${gone} = 'yes' | | | | |
| text | g | G? | | | regex(., '[A-Z]+') | | | |
| geopoint | h | Where? | | | | | | |
| image | i | Photograph | | | | | | |
| select_one_from_file villages.csv | j | Village | | | | | | |
| select_one yes_no or_other | k | K? | | | | | | |
| select_one yes_no | l | L? | | | | | region = ${c} | |
| calculate | m | | | | | ${e} + 1 | | |
| integer | n | N? | | ${m} > 2 | | | | |
| text | | No name | | | | | | |
| integer | p | | | | | | | |
| begin group | q | Q | | | | | | |
| begin repeat | tab | Table | | | | | | |
| integer | x | X | | | | | | |
| end group | | | | | | | | |
| end repeat | | | | | | | | |
| integr | r | R? | | | | | | |

## choices
| list_name | name | label::English (en) |
| yes_no | yes | Yes |
| yes_no | yes | Yes again |
| yes_no | no | |
"""  # noqa: E501


def test_every_fault_is_named_with_sheet_and_row_all_at_once(imported, tmp_path):
    report = imported(WRONG)
    assert not report.imported
    assert not (tmp_path / "pack").exists()
    assert faults(report) >= {
        ("wrong-language-column", "survey", 1, "label::Frenhc"),
        ("unknown-column", "survey", 1, "lable"),
        ("unknown-list", "survey", 2, "type"),
        ("duplicate-name", "survey", 3, "name"),
        ("circular-rule", "survey", 4, "relevant"),
        ("unsupported-rule", "survey", 6, "relevant"),
        ("unknown-name", "survey", 7, "relevant"),
        ("unsupported-rule", "survey", 8, "constraint"),
        ("unsupported-type", "survey", 9, "type"),
        ("unsupported-type", "survey", 10, "type"),
        ("unsupported-type", "survey", 11, "type"),
        ("or-other", "survey", 12, "type"),
        ("choice-filter", "survey", 13, "choice_filter"),
        ("calculate", "survey", 14, "type"),
        ("no-name", "survey", 16, "name"),
        ("no-english", "survey", 17, "label"),
        ("not-closed", "survey", 18, "type"),
        ("crossed", "survey", 21, "type"),
        ("unknown-type", "survey", 23, "type"),
        ("duplicate-choice", "choices", 3, "name"),
        ("no-english", "choices", 4, "label"),
    }
    assert all(problem.remedy for problem in report.problems)


def test_what_only_follows_from_a_refused_row_is_not_told_again(imported):
    """Row 15 reads the calculated value that row 14 is refused for."""
    assert ("unknown-name", "survey", 15, "relevant") not in faults(imported(WRONG))


def test_a_misspelt_column_and_language_get_the_nearest(imported):
    told = {p.column: p.remedy for p in imported(WRONG).problems}
    assert "«label»" in told["lable"]
    assert "«label::French (fr)»" in told["label::Frenhc"]


def test_what_a_workbook_cannot_ask_can_be_left_out_knowingly(imported, tmp_path):
    report = imported(
        """
## survey
| type | name | label | constraint |
| text | village | Village | regex(., '[A-Z]+') |
| geopoint | place | Where? | |
| audio | voice | Voice | |
""",
        leave_out=True,
    )
    assert report.imported, report.problems
    assert [q.name for q in load_pack(tmp_path / "pack").questions] == ["village"]
    assert {p.row for p in report.problems if p.code == "unsupported-type"} == {3, 4}
    assert {p.row for p in report.problems if p.code == "unsupported-rule"} == {2}


def test_what_a_rule_reads_is_not_left_out(imported):
    report = imported(
        """
## survey
| type | name | label | relevant |
| barcode | card | Card | |
| text | why | Why none? | ${card} = '' |
""",
        leave_out=True,
    )
    assert ("unsupported-type", "survey", 2, "type") in faults(report)
    problem = next(p for p in report.problems if p.code == "unsupported-type")
    assert "Row 3 reads it" in problem.message


def test_a_form_in_one_other_language_stands_in_for_english_and_says_so(imported, tmp_path):
    report = imported(
        """
## survey
| type | name | label::Français (fr) |
| select_one on | loi | Y a-t-il une loi ? |

## choices
| list_name | name | label::Français (fr) |
| on | oui | Oui |
| on | non | Non |
"""
    )
    assert report.imported, report.problems
    assert {p.sheet for p in report.problems if p.code == "no-english-column"} == {
        "survey", "choices"
    }  # fmt: skip
    question = load_pack(tmp_path / "pack").question["loi"]
    assert question.label.in_("fr") == "Y a-t-il une loi ?"
    assert question.label.unreviewed == {"en"}


def test_a_rule_inside_a_table_is_not_lost(imported):
    report = imported(
        """
## survey
| type | name | label | relevant |
| begin_repeat | cases | Cases | |
| begin_group | more | More | ${done} = 'yes' |
| integer | days | Days | |
| end_group | | | |
| end_repeat | | | |
| text | done | Done? | |
"""
    )
    assert ("unsupported-rule", "survey", 3, "relevant") in faults(report)


@pytest.mark.parametrize(
    ("markdown", "code", "words"),
    [
        ("## survy\n| type | name | label |\n| text | a | A |", "missing-sheet", "«survy»"),
        ("## survey\n| type | name | label | label |\n| text | a | A | B |", "column-twice", "one"),
        ("## survey\n| type | name | label |\n| note | a | A |", "no-question", "supported"),
        ("## survey\n| typ | name | label |\n| text | a | A |", "unknown-column", "«type»"),
        ("## survey\n| type | name | label | label::English |\n| text | a | A | B |",
         "column-twice", "Keep one"),
        ("## survey\n| type | name | label |\n| text | a | A |\n\n"
         "## entities\n| list_name |\n| x |",
         "unsupported-sheet", "remove the sheet"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_form_says_why(imported, markdown, code, words):
    report = imported(markdown)
    assert not report.imported
    problem = next(p for p in report.problems if p.code == code)
    assert words in problem.remedy


def test_a_file_from_outside_is_looked_at_before_it_is_opened(tmp_path):
    (tmp_path / "form.xlsx").write_bytes(b"<html>not a form</html>")
    report = import_form(tmp_path / "form.xlsx", tmp_path / "pack")
    assert [problem.code for problem in report.problems] == ["html-not-workbook"]
