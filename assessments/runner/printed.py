"""Charts in a notebook that is printed or exported: drawn once, as JupyterLab would draw them.

JupyterLab prints through nbconvert, which cannot draw a chart. `make lab` sets this preprocessor:

    --HTMLExporter.preprocessors=assessments.runner.printed.DrawCharts

It wants `tana[lab]`, whose vl-convert-python draws without a browser and without a network.
"""

from __future__ import annotations

import base64
import html
from typing import Any

from nbconvert.preprocessors import Preprocessor

from assessments.runner.look import MIME

VEGA_LITE = "5.20"  # the last of the major version that JupyterLab 4 draws


class DrawCharts(Preprocessor):
    """Puts a picture for each chart, as wide as the page; the notebook on disk stays as it is."""

    def preprocess_cell(self, cell: Any, resources: Any, _index: int) -> tuple[Any, Any]:
        """nbconvert's step for one cell."""
        import vl_convert

        for output in cell.get("outputs", ()):
            if MIME in output.get("data", {}):
                spec = output["data"].pop(MIME)
                svg = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
                source = base64.b64encode(svg.encode()).decode()
                said = html.escape(output["data"].get("text/plain", ""))
                output["data"]["text/html"] = (
                    f'<img alt="{said}" style="max-width: 100%; break-inside: avoid"'
                    f' src="data:image/svg+xml;base64,{source}">'
                )
        return cell, resources
