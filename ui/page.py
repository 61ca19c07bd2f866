"""The page: Ask and Documents, with the source panel beside them."""

from __future__ import annotations

from collections.abc import Callable

import gradio as gr
from markupsafe import Markup

from assistant import Assistant
from assistant.destination import STAYS, in_short
from ui.assets import NAME
from ui.chat import Chat
from ui.conversations import Conversations
from ui.endpoints import ProgramsPage, add_endpoints
from ui.guard import LOGOUT
from ui.icons import icon
from ui.language import _
from ui.library import Library
from ui.programs import Programs
from ui.told import told
from ui.worded import worded

_BRAND = Markup(
    '<div class="brand"><span class="mark" aria-hidden="true"></span>{}'
    '<span class="destination" title="{}">{}</span></div>'
)
# A form of its own, so that no script is needed to log out.
_LOG_OUT = Markup(
    '<form method="post" action="{}"><button class="log-out" title="{}">{}<span>{}</span></button>'
    "</form>"
)
SYSTEM_FONT = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif")
MONOSPACE = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")


def build_page(
    assistant: Assistant,
    uploads_at_once: int,
    conversations: Conversations,
    programs: Programs,
    *,
    login: bool = False,
    names: Callable[[str], str] | None = None,
) -> gr.Blocks:
    """The Gradio page, and the endpoints for Gradio's client.

    ``names`` tells the name of a user from their id.
    """
    page = ProgramsPage(title=NAME, analytics_enabled=False, fill_width=True)
    with page:
        with gr.Column(elem_id="desk"):
            with gr.Row(elem_id="masthead"):
                worded(gr.HTML, {"value": lambda: _brand(assistant)}, apply_default_css=False)
                fresh = worded(
                    gr.Button, {"value": lambda: _("New conversation")}, elem_id="fresh", scale=0
                )
                if login:
                    worded(gr.HTML, {"value": _log_out}, apply_default_css=False)
            with gr.Tabs(elem_id="tabs"):
                with worded(gr.Tab, {"label": lambda: _("Ask")}, elem_id="ask"):
                    chat = Chat(assistant, conversations, names or str)
                with worded(gr.Tab, {"label": lambda: _("Documents")}, elem_id="documents"):
                    Library(uploads_at_once)
        chat.add_panel()
        chat.connect(page, fresh)
        add_endpoints(programs)
    return page


def page_theme() -> gr.themes.Base:
    """Fonts of the system: none is loaded from anywhere."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.gray,
        radius_size=gr.themes.sizes.radius_lg,
        font=SYSTEM_FONT,
        font_mono=MONOSPACE,
    )


def _brand(assistant: Assistant) -> str:
    """The name, and where questions and passages go."""
    found = assistant.destinations
    said = [told(f"{destination}.") for destination in found]
    if not any(destination.leaves for destination in found):
        said.append(told(STAYS))
    return str(_BRAND.format(NAME, " ".join(said), told(in_short(found))))


def _log_out() -> str:
    words = _("Log out")
    return str(_LOG_OUT.format(LOGOUT, words, icon("leave"), words))
