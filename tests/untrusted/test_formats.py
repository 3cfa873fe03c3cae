"""Number formats that spreadsheets offer are plain; what shows something else is told apart."""

from __future__ import annotations

import pytest

from assessments.untrusted.cells import Mask
from assessments.untrusted.formats import is_plain, mask_of

# as Excel writes them in several countries, and LibreOffice; and what people type for units
OFFERED = [
    *("General", "0", "0.00", "#,##0", "#,##0.00", "# ##0", "0%", "0.00%", "0.00E+00", "##0.0E+0"),
    *("# ?/?", "# ??/??", "# ?/2", "# ??/100", "@", "General;General;General;General"),
    *("yyyy-mm-dd", "dd/mm/yyyy;@", "[$-409]d-mmm-yy;@", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy"),
    *("[h]:mm:ss", "mm:ss.0", "[$-409]m/d/yy h:mm AM/PM;@", 'd" de "mmmm" de "yyyy', "mmm\\-yy"),
    *('yyyy"年"m"月"d"日";@', "[$-x-sysdate]dddd, mmmm dd, yyyy", "[$-2000401]0", "00000"),
    *("#,##0;[Red]#,##0", "0_);\\(0\\)", "#,##0_ ;[Red]\\-#,##0\\ "),
    '"$"#,##0_);[Red]\\("$"#,##0\\)',
    *("[$€-407]\\ #,##0.00;[Red]-[$€-407]\\ #,##0.00", '#,##0.00\\ "kr."', "# ##0.00 [$FCFA-40C]"),
    '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-',
    '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    "000\\-00\\-0000", "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", '0 "km"', "+0;-0;0",
]  # fmt: skip


@pytest.mark.parametrize("code", OFFERED)
def test_what_is_offered_is_plain(code: str) -> None:
    assert is_plain(code)


@pytest.mark.parametrize(
    ("code", "value", "mask"),
    [
        (';;;"No"', "Yes", Mask.OTHER),
        (';;;"No"', 7.0, Mask.UNSEEN),
        (";;;", "Yes", Mask.UNSEEN),
        (";;;", True, Mask.UNSEEN),
        ("0;-0;;@", 0.0, Mask.UNSEEN),  # a way to hide zeros
        ("0;-0;;@", 7.0, None),
        ("0;-0;;@", "Yes", None),
        ('@" not"', "Yes", Mask.OTHER),
        ('"No"', "Yes", None),  # a text is not touched by the format of numbers
        ('"No"', 1.0, Mask.OTHER),
        ('0;0;"No"', 0.0, Mask.OTHER),
        ("-0", 5.0, Mask.OTHER),
        ("(0)", 5.0, Mask.OTHER),
        ("0,", 5000.0, Mask.OTHER),
        ("#,##0,,", 5e6, Mask.OTHER),
        ('0" 000"', 5.0, Mask.OTHER),
        ('0 "million"', 5.0, Mask.OTHER),
        ("0\\0", 5.0, Mask.OTHER),
        ("[$1]0", 5.0, Mask.OTHER),
        ('"_5a"0', 5.0, Mask.OTHER),  # inside quotes an underscore is one
        ("[White]0", 5.0, Mask.UNSEEN),
        ("* ", 5.0, Mask.UNSEEN),
        ("*x", 5.0, Mask.OTHER),
        ('[=1]"Yes";[=0]"No";General', 1.0, Mask.OTHER),
        ('yyyy"-01-31"', 46752.0, Mask.OTHER),
        ("\\N\\o", 1.0, Mask.OTHER),
        ("0" * 300, 1.0, Mask.OTHER),  # longer than Excel takes
    ],
)
def test_what_shows_something_else_or_nothing(
    code: str, value: float | str | bool, mask: Mask | None
) -> None:
    assert mask_of(code, value) is mask
    assert mask is None or not is_plain(code)


@pytest.mark.parametrize("piece", ["#", "y", "\\-", '"a"', "# ", ". ", "#?/", "? ", "$", "[h]"])
def test_a_format_made_to_be_slow_is_not(piece: str) -> None:
    """Else the processor limit of the cage would end this, and every file with such a format."""
    assert not is_plain((piece * 255)[:254] + "!")
