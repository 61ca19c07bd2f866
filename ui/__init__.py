"""The two ways in for people: the command line and the web chat."""

import ingest.telemetry  # noqa: F401 - first: libraries read its switches when imported
