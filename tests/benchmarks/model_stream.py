"""How long a chat model's words wait for us: from its first token, and after its last.

    python tests/benchmarks/model_stream.py [REPEATS]

A server on this machine plays the model, so that both ends share a clock. The sample documents,
the default encoder and LangChain's package for OpenAI are the real ones.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "samples")]

from assistant import Assistant, Settings  # noqa: E402
from index import open_encoder, sync  # noqa: E402
from ingest.samples import SAMPLES  # noqa: E402
from model_server import Reply, saying  # noqa: E402

REPEATS = 20
PAUSE = 0.02  # seconds between two tokens
FIRST_LIMIT, LAST_LIMIT = 0.050, 0.150  # seconds
QUESTION = "Who leads the climate strategy of Port Merrow?"
REPLY = (
    "A new Climate Office leads the strategy in place of the Environment Department [1][2][3]. "
    "It has fourteen staff and reports directly to the mayor [1][2][3]. "
    "The budget rises to 118 million euros over five years, of which the city pays 52 million "
    "[1][2][3]. A flood levy on households was discussed and again rejected [1][2][3]. "
    "The Citizens' Panel grows from 24 to 36 residents, number {number} [1][2][3]."
)


def main() -> None:
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else REPEATS
    encoder = open_encoder()
    with tempfile.TemporaryDirectory() as folder:
        index_dir = Path(folder) / "index"
        sync(SAMPLES, index_dir, encoder=encoder)
        times = [_timed(index_dir, number, encoder) for number in range(repeats)]
    for name, limit, values in (
        ("first words after the first token", FIRST_LIMIT, [first for first, _ in times]),
        ("whole answer after the last token", LAST_LIMIT, [last for _, last in times]),
    ):
        ordered = sorted(values)
        print(
            f"{name}: median {1000 * statistics.median(ordered):.1f} ms, "
            f"worst {1000 * ordered[-1]:.1f} ms of {len(ordered)} (limit {1000 * limit:.0f} ms)"
        )


def _timed(index_dir: Path, number: int, encoder: object) -> tuple[float, float]:
    """Seconds from the first token to the first words, from the last token to the answer."""
    sent: list[float] = []

    def tokens() -> Iterator[str]:
        for word in REPLY.format(number=number).split(" "):
            sent.append(time.perf_counter())
            yield f"{word} "
            time.sleep(PAUSE)

    with saying(Reply(tokens())) as server:
        settings = Settings(chat_model="openai:m", chat_base_url=f"{server.address}/v1")
        with Assistant.open(index_dir, settings, encoder) as assistant:  # type: ignore[arg-type]
            answers = assistant.stream(QUESTION)
            next(answers)
            first = time.perf_counter() - sent[0]
            *_, last = answers
            whole = time.perf_counter() - sent[-1] - PAUSE  # the server rests after its last
    assert last.method == "generative", last.note
    return first, whole


if __name__ == "__main__":
    main()
