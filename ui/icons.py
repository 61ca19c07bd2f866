"""The line drawings on the chat's buttons, as SVG; what they mean is said beside them."""

from __future__ import annotations

from markupsafe import Markup

_PATHS = {
    "again": "M4 12a8 8 0 1 1 2.6 5.9M4 12l-1.6-3M4 12l3-1.4",
    "copy": "M9 8h11v12H9zM15 5V4H4v12h2",
    "document": "M6 3h8l4 4v14H6zM14 3v4h4",
    "edit": "M4 20l1-4L16.5 4.5l3 3L8 19zM14 7l3 3",
    "history": "M4 6h16M4 12h16M4 18h10",
    "leave": "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
    "like": "M7 11v9H4v-9zM7 11l4-8c1.6 0 2.4 1 2 3l-1 3h6a2 2 0 0 1 2 2L19 18a2 2 0 0 1-2 2H7",
    "more": "M6 12h.01M12 12h.01M18 12h.01",
    "poor": "M7 13V4H4v9zM7 13l4 8c1.6 0 2.4-1 2-3l-1-3h6a2 2 0 0 0 2-2L19 6a2 2 0 0 0-2-2H7",
}


def icon(name: str) -> Markup:
    """A drawing in the colour of the text around it; KeyError where there is none so named."""
    return Markup(
        '<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor"'
        ' stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
        '<path d="{}"/></svg>'
    ).format(_PATHS[name])
