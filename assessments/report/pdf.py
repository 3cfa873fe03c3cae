"""A Word report as PDF through LibreOffice, with page numbers in the table of contents.

LibreOffice runs without a window, in a profile of its own that is thrown away, so that neither a
user's settings nor a second run disturb it. A small macro in that profile updates the table of
contents before the export; `--convert-to` alone would leave it without page numbers. It does so
twice: a list that grows moves the pages that an earlier one has named. The lists of tables and
figures take LibreOffice's own style, not the template's, so that it is made as narrow here.
Headings, tables and alternative texts are tagged for screen readers; the file is four times as
large for it.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from assessments.errors import TanaError

SECONDS = 120.0  # a cold start takes about 2 s, a report of 60 pages about 5 s more

_MACRO = """Sub ToPdf(source As String, target As String)
  Dim hide(0) As New com.sun.star.beans.PropertyValue
  hide(0).Name = "Hidden"
  hide(0).Value = True
  Dim doc As Object
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hide())
  Dim indexes As Object
  indexes = doc.getDocumentIndexes()
  Dim styles As Object
  styles = doc.getStyleFamilies().getByName("ParagraphStyles")
  Dim name As Variant
  For Each name In Array("Figure Index 1", "Illustration Index 1", "Illustration Index Heading")
    If styles.hasByName(name) Then
      styles.getByName(name).ParaTopMargin = 0
      styles.getByName(name).ParaBottomMargin = 0
      styles.getByName(name).CharHeight = 8.0
      If styles.hasByName("Contents 1") Then
        styles.getByName(name).WritingMode = styles.getByName("Contents 1").WritingMode
      End If
    End If
  Next name
  Dim n, again As Integer
  For again = 1 To 2
    For n = 0 To indexes.getCount() - 1
      indexes.getByIndex(n).update()
    Next n
  Next again
  Dim wishes(0) As New com.sun.star.beans.PropertyValue
  wishes(0).Name = "UseTaggedPDF"
  wishes(0).Value = True
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName"
  how(0).Value = "writer_pdf_Export"
  how(1).Name = "FilterData"
  how(1).Value = wishes()
  doc.storeToURL(ConvertToURL(target), how())
  doc.close(True)
End Sub
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="{name}" \
script:language="StarBasic">{body}</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" \
library:readonly="false" library:passwordprotected="false">
 {element}
</library:library>
"""
_CATALOGUE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" \
xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" \
xlink:href="$(USER)/basic/Standard/{kind}.xlb/" xlink:type="simple" library:link="false"/>
</library:libraries>
"""
# says that the profile is complete: else a first start copies its presets over the macro
_COMPLETE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" \
oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


class PdfFailed(TanaError):
    """No PDF could be made; the Word report stands."""


def office() -> Path | None:
    """The LibreOffice program, or None where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return Path(found) if found else None


class Pdf(NamedTuple):
    """A PDF that was made."""

    path: Path
    contents: bool  # False where its table of contents could not be brought up to date


def to_pdf(docx: Path, out: Path, *, seconds: float = SECONDS) -> Pdf:
    """Write `out` from the Word file `docx`, its table of contents brought up to date.

    Where LibreOffice may not run our macro, the PDF is made without, and says so.
    Raises PdfFailed where LibreOffice is missing, takes longer than `seconds`, or makes nothing;
    an older PDF then stays as it was.
    """
    program = office()
    if program is None:
        raise PdfFailed(
            "LibreOffice is not installed, so no PDF can be made; the Word report is complete.",
            "Install LibreOffice (package libreoffice-writer), or open the report in Word and "
            "save it as PDF.",
        )
    with tempfile.TemporaryDirectory(prefix="tana-pdf-") as folder:
        work = Path(folder)
        source, made = work / "report.docx", work / "report.pdf"
        shutil.copyfile(docx, source)
        _profile(work / "profile")
        macro = f'macro:///Standard.Contents.ToPdf("{source}","{made}")'
        _run(program, work, [macro], seconds)
        contents = made.is_file()
        if not contents:  # macros switched off by policy: contents stay as written
            _run(program, work, ["--convert-to", "pdf", "--outdir", folder, str(source)], seconds)
        if not made.is_file():
            raise PdfFailed(
                f"LibreOffice made no PDF of {docx.name}; the Word report is complete.",
                "Open the report in LibreOffice to see what it objects to.",
            )
        unfinished = out.with_name(f".{out.name}.part")
        shutil.copyfile(made, unfinished)
        unfinished.replace(out)
    return Pdf(out, contents)


def _profile(folder: Path) -> None:
    standard = folder / "user" / "basic" / "Standard"
    standard.mkdir(parents=True)
    (standard / "Contents.xba").write_text(
        _MODULE.format(name="Contents", body=escape(_MACRO)), encoding="utf-8"
    )
    complete = folder / "user" / "registrymodifications.xcu"
    complete.write_text(_COMPLETE, encoding="utf-8")
    for kind, element in (("script", '<library:element library:name="Contents"/>'), ("dialog", "")):
        library = _LIBRARY.format(element=element)
        (standard / f"{kind}.xlb").write_text(library, encoding="utf-8")
        (standard.parent / f"{kind}.xlc").write_text(_CATALOGUE.format(kind=kind), encoding="utf-8")


def _run(program: Path, work: Path, arguments: list[str], seconds: float) -> None:
    command = [
        str(program), "--headless", "--norestore", "--nolockcheck", "--nologo",
        f"-env:UserInstallation={(work / 'profile').as_uri()}", *arguments,
    ]  # fmt: skip
    try:
        subprocess.run(command, cwd=work, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise PdfFailed(
            f"LibreOffice did not finish within {seconds:.0f} s; the Word report is complete.",
            "Try again when the machine is less busy.",
        ) from error
