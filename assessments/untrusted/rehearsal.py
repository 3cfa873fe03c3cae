"""A small workbook of our own, read before the first file that comes from outside.

Patterns, caches and the interpreter's own code are then ready in the process that is forked for
each file, instead of being made anew in every one of them.
"""

from __future__ import annotations

import io
import zipfile
from string import ascii_uppercase

from assessments.untrusted.parts import MAIN, PACKAGE
from assessments.untrusted.preflight import SPREADSHEET

_ROWS = 40  # enough for the interpreter to take the loops for busy ones
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACE, _RELATIONS = MAIN[1:-1], PACKAGE[1:-1]
_CELLS = (
    '<c r="{}" s="1" t="s"><v>1</v></c>',
    '<c r="{}" s="1"/>',
    '<c r="{}" s="1"/>',
    '<c r="{}" s="1"><v>12</v></c>',
    '<c r="{}" s="1" t="inlineStr"><is><t xml:space="preserve">a &amp; b</t></is></c>',
    '<c r="{}" s="1" t="str"><f>IF(A1,1,0)</f><v>1</v></c>',
    '<c r="{}" t="s"><v>0</v></c>',
)


def sample() -> bytes:
    """A workbook with every usual kind of cell, spelled as Excel does."""
    rows = "".join(
        f'<row r="{row}" spans="1:7" ht="18" customHeight="1">'
        + "".join(map(str.format, _CELLS, (f"{letter}{row}" for letter in ascii_uppercase)))
        + "</row>"
        for row in range(1, _ROWS + 1)
    )
    names = "".join(
        f"<definedName name=\"q_{row}\">'One'!$E${row}</definedName>" for row in range(1, _ROWS + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types><Override ContentType="{SPREADSHEET}"/></Types>',
        "xl/workbook.xml": f'<workbook xmlns="{_NAMESPACE}" xmlns:r="{_OFFICE}"><workbookPr/>'
        '<sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets>'
        f"<definedNames>{names}</definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_NAMESPACE}"><numFmts><numFmt numFmtId="164" '
        'formatCode="yyyy-mm-dd"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="1"/>'
        "</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{_NAMESPACE}">'
        '<si><t>text</t></si><si><t xml:space="preserve"> text </t></si></sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_NAMESPACE}"><cols>'
        '<col min="9" max="9" hidden="1"/></cols>'
        f'<sheetData>{rows}</sheetData><mergeCells count="1"><mergeCell ref="H1:I1"/></mergeCells>'
        "</worksheet>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()
