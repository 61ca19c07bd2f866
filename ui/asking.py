"""What `strategy ask` does."""

from __future__ import annotations

from pathlib import Path

from assistant import Assistant, Settings
from index import Scope, open_encoder
from ui.console import BOLD, Draft, note, print_json, say_bold, text_width
from ui.render import answer_text


def ask_index(question: str, index_dir: Path | None, scope: Scope, *, as_json: bool) -> None:
    """Answer from the index and print the answer with its sources."""
    settings = Settings.load(index=index_dir)
    encoder = open_encoder(settings.encoder, settings.cache, note)
    with Assistant.open(settings=settings, encoder=encoder) as assistant, Draft() as draft:
        for answer in assistant.stream(question, documents=scope):
            draft.show(answer_text(answer, text_width()))
    if as_json:
        print_json(answer.to_dict())
    else:
        say_bold(answer_text(answer, text_width(), BOLD))
