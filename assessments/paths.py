"""Where the data that ships with tana lies: beside the code in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "shipped"  # filled by the wheel build, absent in a checkout
_ROOT = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parent

QUESTIONNAIRES = _ROOT / "questionnaires"
EXAMPLES = QUESTIONNAIRES / "examples"
NOTEBOOKS = _ROOT / "notebooks"
REPORT_TEMPLATES = _ROOT / "report_templates"
