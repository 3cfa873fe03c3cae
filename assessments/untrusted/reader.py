"""The task of the first reader, as a child in the cage does it: cells, or what is wrong."""

from __future__ import annotations

from zipfile import BadZipFile
from zlib import error as BadStream

from lxml.etree import LxmlError

from assessments.untrusted import wire
from assessments.untrusted.cage import LastAnswer
from assessments.untrusted.ooxml import read as read_parts
from assessments.untrusted.parts import BadWorkbook
from assessments.untrusted.preflight import look

_FAULTS = (LxmlError, BadZipFile, BadStream, EOFError, OSError, ValueError, KeyError)


def read(data: bytes) -> bytes:
    """What stands in a file. One that is refused is the last that this process reads."""
    seen = look(data)
    if seen.faults:
        return LastAnswer(wire.refused(seen.faults))
    try:
        return wire.told(read_parts(seen.parts))
    except BadWorkbook as fault:
        return LastAnswer(wire.refused([(fault.code, fault.fields)]))
    except _FAULTS as error:
        reason = {"reason": type(error).__name__}
        return LastAnswer(wire.refused([("bad-structure", reason)]))
