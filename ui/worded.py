"""WordedPage: a Gradio page whose fixed texts are in the language of whoever opens it.

Gradio builds the page once, for everybody, and sends its components with each request for it.
Here what is sent has its texts made anew, in the language of that request.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import gradio as gr

from ui.language import spoken

C = TypeVar("C")
Text = Callable[[], str]
_TEXTS = "worded_texts"  # attribute of a component: property -> what makes its text


def worded(component: Callable[..., C], texts: dict[str, Text], **properties: Any) -> C:
    """A component of which some properties are ``texts`` in the reader's language."""
    made = component(**{name: text() for name, text in texts.items()}, **properties)
    setattr(made, _TEXTS, texts)
    return made


class WordedPage(gr.Blocks):
    """What Gradio sends of it depends on the request; what it works with does not."""

    @property  # type: ignore[override]
    def config(self) -> dict[str, Any]:
        """The page as it is sent."""
        fixed = self.__dict__["config"]
        components = [self._in_words(component) for component in fixed["components"]]
        head = fixed["head"]
        if head:
            head += f'<script>document.documentElement.lang = "{spoken()}";</script>'
        return {**fixed, "components": components, "head": head}

    @config.setter
    def config(self, config: dict[str, Any]) -> None:
        self.__dict__["config"] = config

    def _in_words(self, component: dict[str, Any]) -> dict[str, Any]:
        texts = cast("dict[str, Text]", getattr(self.blocks.get(component["id"]), _TEXTS, {}))
        if not texts:
            return component
        said = {name: text() for name, text in texts.items()}
        return {**component, "props": {**component["props"], **said}}
