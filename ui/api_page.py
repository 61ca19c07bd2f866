"""The page at /api: the operations of the API, made from its OpenAPI schema; it loads nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from ui.assets import asset
from ui.guard import ICON
from ui.token_scope import needed_for

_PAGE = Markup("""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>API · Strategy assistant</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="{icon}"><style>{style}</style></head>
<body><main class="operations">
<h1 class="brand"><img src="{icon}" alt="">Strategy assistant: API</h1>
<p>{about} The schema for tools is at <a href="/api/openapi.json">/api/openapi.json</a>.</p>
<p>Where the chat asks for a login, a program shows a token that
<code>strategy user token NAME --scope SCOPE --days DAYS</code> makes. Its scope is <code>ask</code>
(answers and searches), <code>read</code> (the documents too) or <code>manage</code> (uploads and
deletions too); below, each operation names the one that it asks for. It ends after its days, and
when its user gets a new password. Errors come as <code>{{"error": "..."}}</code>.</p>
<pre tabindex="0"><code>curl -s -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{{"question": "Who leads the work?"}}' {address}api/answer</code></pre>
{operations}
</main></body></html>
""")


def api_page(schema: dict[str, Any], address: str) -> str:
    """The page for an OpenAPI schema; ``address`` is the server's own."""
    operations = Markup("").join(_operations(schema))
    style = Markup(asset("login.css"))
    about = schema["info"]["description"]
    return str(
        _PAGE.format(icon=ICON, style=style, about=about, address=address, operations=operations)
    )


def _operations(schema: dict[str, Any]) -> Iterator[Markup]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield Markup(
                "<h2><span>{}</span> /api{}</h2><p>{} Scope: <code>{}</code>.</p>{}"
            ).format(
                method.upper(),
                path,
                _prose(operation.get("description", "")),
                needed_for(method.upper(), f"/api{path}"),
                _body(schema, operation),
            )


def _prose(text: str) -> Markup:
    """What stands between backticks, as code."""
    parts = (
        Markup("<code>{}</code>" if number % 2 else "{}").format(part)
        for number, part in enumerate(text.split("`"))
    )
    return Markup("").join(parts)


def _body(schema: dict[str, Any], operation: dict[str, Any]) -> Markup:
    """What a JSON body may hold."""
    content = operation.get("requestBody", {}).get("content", {})
    model = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    if not model:
        return Markup("")
    fields = schema["components"]["schemas"][model.rpartition("/")[2]]
    rows = Markup("").join(
        Markup("<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>").format(
            name, _kind(field), _told(field, name in fields.get("required", ()))
        )
        for name, field in fields["properties"].items()
    )
    head = Markup("<tr><th>Field</th><th>Type</th><th>Meaning</th></tr>")
    return Markup("<table><thead>{}</thead><tbody>{}</tbody></table>").format(head, rows)


def _kind(field: dict[str, Any]) -> str:
    if field.get("type") == "array":
        items = field["items"]
        return f"list of {items.get('type') or items['$ref'].rpartition('/')[2].lower()}s"
    return str(field.get("type", ""))


def _told(field: dict[str, Any], required: bool) -> str:
    limits = [
        f"at most {field[key]:,.0f}{unit}"
        for key, unit in (("maxLength", " characters"), ("maxItems", ""), ("maximum", ""))
        if key in field
    ]
    told = [field.get("description", ""), *limits, "required" if required else ""]
    return "; ".join(filter(None, told))
