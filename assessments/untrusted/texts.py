"""What to say about a file that is not let in: one message and one remedy a fault."""

from assessments.language import words
from assessments.problems import Problem, Severity, as_fields


def N_(text: str) -> str:
    """Mark a text for the catalogues."""
    return text


_RESAVE = N_(
    "Open the questionnaire in Excel or LibreOffice, save it as an Excel workbook (.xlsx), "
    "and send that file."
)
_ASK_AGAIN = N_("Ask for the questionnaire again, copy your answers into it, and send that file.")

TEXTS: dict[str, tuple[str, str]] = {
    "file-missing": (
        N_("The file cannot be read: {reason}."),
        N_("Check the name and that you may open the file."),
    ),
    "file-empty": (N_("The file is empty."), N_("Send it again; the transfer may have failed.")),
    "file-too-large": (
        N_("The file has {size} MB; a questionnaire has at most {limit} MB."),
        N_("Take out pictures and attachments and cite documents by title and number instead."),
    ),
    "not-a-workbook": (N_("The file is no Excel workbook."), _RESAVE),
    "csv-not-workbook": (
        N_("The file is plain text (CSV), whatever its name says: drop-downs and names are lost."),
        N_("Send the questionnaire workbook itself, not a sheet exported from it."),
    ),
    "html-not-workbook": (
        N_("The file is a web page (HTML), whatever its name says."),
        N_("Download the attachment itself and send the Excel workbook."),
    ),
    "csv-encoding": (
        N_("The file is a table as text (CSV) that is not in UTF-8: its letters cannot be known."),
        N_(
            "Send the questionnaire workbook itself. If it was exported from KoboToolbox or ODK, "
            "or lists judgements, save it as CSV UTF-8."
        ),
    ),
    "packed-workbook": (
        N_("The file is an archive (zip, rar, 7z), not the workbook itself."),
        N_("Unpack it and send the workbook that lies inside."),
    ),
    "still-written": (
        N_("Another program is still writing this file."),
        N_("Wait until it is copied or saved, and receive it again."),
    ),
    "pdf-not-workbook": (
        N_("The file is a PDF."),
        N_("Send the Excel workbook that it was printed from."),
    ),
    "old-excel": (N_("The file is in the old Excel format (.xls)."), _RESAVE),
    "encrypted": (
        N_("The workbook is protected by a password for opening."),
        N_("Remove the password (File, Info, Protect Workbook) and save it again."),
    ),
    "binary-workbook": (N_("The file is a binary Excel workbook (.xlsb)."), _RESAVE),
    "ods-not-workbook": (N_("The file is an OpenDocument spreadsheet (.ods)."), _RESAVE),
    "other-office-file": (N_("The file is a Word or PowerPoint document."), _RESAVE),
    "strict-ooxml": (
        N_("The workbook was saved as Strict Open XML."),
        N_("In Excel choose Save As and the type Excel Workbook (.xlsx), not Strict."),
    ),
    "macros": (
        N_("The workbook holds macros ({part})."),
        N_("Save it as an Excel workbook without macros (.xlsx). A questionnaire needs none."),
    ),
    "external-link": (
        N_("The workbook takes values from another file or source ({part})."),
        N_("In Excel choose Data, Edit Links, Break Link, check the answers, and save it again."),
    ),
    "damaged": (
        N_("The file is damaged or was cut off in transfer: {reason}."),
        N_("Send it again; if it does not open in Excel, fill a copy."),
    ),
    "archive-too-large": (
        N_("The workbook unpacks to more than a questionnaire can hold ({part})."),
        _ASK_AGAIN,
    ),
    "too-many-parts": (N_("The workbook has {count} parts; at most {limit} are read."), _ASK_AGAIN),
    "duplicate-part": (
        N_("The workbook holds the part {part} twice; which one counts cannot be known."),
        _ASK_AGAIN,
    ),
    "unsafe-part": (N_("The workbook holds a part with an unsafe name ({part})."), _ASK_AGAIN),
    "unexpected-part": (
        N_("The workbook holds a part that no questionnaire has ({part})."),
        _ASK_AGAIN,
    ),
    "hostile-xml": (
        N_("The part {part} declares a document type or entities, which no Excel file does."),
        _ASK_AGAIN,
    ),
    "reading-limit": (
        N_("The workbook could not be read within the limits ({reason})."),
        _ASK_AGAIN,
    ),
    "too-many-rows": (
        N_("The file has more than {limit} rows, which no round of answers has."),
        N_("Export the answers of one country and round at a time, and send each file."),
    ),
    "bad-structure": (N_("The workbook's inside is not as Excel writes it: {reason}."), _ASK_AGAIN),
    "duplicate-cell": (
        N_("Sheet {sheet} holds the cell {cell} twice; which one counts cannot be known."),
        _RESAVE,
    ),
    "readers-disagree": (
        N_("Two readers see different values in this cell: {one} and {other}."),
        _RESAVE,
    ),
}


def refusal(
    code: str, *, file: str = "", sheet: str = "", cell: str = "", **fields: object
) -> Problem:
    """A problem that refuses the file, in English; `fields` fill the message."""
    return say(
        Problem(
            code=code,
            severity=Severity.FILE,
            message="",
            remedy="",
            file=file,
            sheet=sheet,
            cell=cell,
            fields=as_fields(fields),
        ),
        TEXTS[code],
        "en",
    )


def say(problem: Problem, text: tuple[str, str], language: str) -> Problem:
    """The same problem with message and remedy in `language`."""
    translate = words(language)
    fields = {"sheet": problem.sheet, "cell": problem.cell, **dict(problem.fields)}
    return problem.model_copy(
        update={
            "message": translate(text[0], **fields),
            "remedy": translate(text[1], **fields),
        }
    )
