"""The switches that keep libraries from sending word of themselves; set before any is imported.

Read at the sources of the libraries in constraints.txt. onnxruntime's wheels keep an identifier
of the machine and a queue of events in the user's cache and send them to their maker: only the
variable is heeded from the start, since the first events are made while it is imported.
"""

from __future__ import annotations

import os

# Variable -> its value; a value that somebody set before does not count.
SWITCHES = {
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime, also in RapidOCR
    "GRADIO_ANALYTICS_ENABLED": "False",  # gradio and gradio_client: use, errors, newer versions
    "HF_HUB_DISABLE_TELEMETRY": "1",  # huggingface_hub and transformers
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",  # huggingface_hub: newer versions
    "DO_NOT_TRACK": "1",  # what else heeds https://consoledonottrack.com
}

os.environ.update(SWITCHES)


def hush_onnxruntime() -> None:
    """Switch its events off once more, by its own call.

    For builds for Windows, some of which heed no variable, and for programs that had imported it
    before any part of this one.
    """
    import onnxruntime

    onnxruntime.disable_telemetry_events()
