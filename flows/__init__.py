"""Prefect flows, one file a flow, each named for what an officer would ask for."""

import sys

# Importing Prefect imports jsonschema, which builds a grammar of web addresses in other alphabets
# wherever that optional library lies beside it (JupyterLab brings it): half of the time that a
# command waits for Prefect. No schema of ours or of Prefect's has such an address.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
