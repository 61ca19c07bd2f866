"""The thread: a conversation's questions and answers as HTML, with what can be done with them.

Pure functions. Everything that comes from documents, models or people is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from assistant import Answer
from ui.conversation import Exchange
from ui.icons import icon
from ui.language import _, ngettext
from ui.render import answer_html, error_html, question_html, working_html
from ui.told import told

_NAMED = 4  # documents that a note names


def exchange_html(
    exchange: Exchange,
    *,
    latest: bool = False,
    under_way: bool = False,
    waiting: bool = False,
    own: bool = True,
) -> str:
    """A question and what came of it.

    ``latest`` can be asked again and edited, once it is no longer ``under_way``; nothing is to be
    done with a conversation that is not the reader's ``own``, except to copy from it.
    """
    if exchange.answer is not None:
        body = Markup(answer_html(exchange.answer, exchange.id))
        body += understood_html(exchange.answer, latest=latest and not under_way, own=own)
    elif exchange.error:
        body = Markup(error_html(exchange.error))
    elif under_way:
        body = Markup(working_html(_("Waiting for its turn…") if waiting else ""))
    else:
        body = Markup(error_html(_("This question was not answered.")))
    acts = Markup("") if under_way else _acts_html(exchange, latest=latest, own=own)
    return str(
        Markup(
            '<article class="exchange" data-exchange="{}"><div class="user-row"'
            ' role="heading" aria-level="2">{}</div>'
            '<div class="bot-row">{}{}</div></article>'
        ).format(exchange.id, Markup(question_html(exchange.question)), body, acts)
    )


def thread_html(exchanges: Sequence[Exchange], *, own: bool = True) -> str:
    """Those that others follow."""
    return "".join(exchange_html(exchange, own=own) for exchange in exchanges)


def notice_html(notice: str) -> str:
    """Why there is no conversation here."""
    return str(Markup('<p class="notice" role="status">{}</p>').format(told(notice)))


def welcome_html(examples: Sequence[str]) -> str:
    """The empty conversation, with questions to begin with."""
    buttons = Markup("").join(
        Markup('<li><button type="button" class="example">{}</button></li>').format(question)
        for question in examples
    )
    return str(
        Markup(
            '<div class="welcome"><h1>{}</h1><p>{}</p></div>'
            '<ul class="examples" aria-label="{}">{}</ul>'
        ).format(
            _("What would you like to know?"),
            _("Every statement in an answer comes with the exact words on their page."),
            _("Examples"),
            buttons,
        )
    )


def understood_html(answer: Answer, *, latest: bool = False, own: bool = True) -> Markup:
    """What was searched, where that is not what was typed, and the way to change it."""
    notes = []
    if answer.standalone and answer.standalone.strip() != answer.question.strip():
        said = " ".join(answer.standalone.split())
        change = _correct("reword", _("Change")) if own else Markup("")
        notes.append(escape(_("Understood as “{question}”", question=said)) + change)
    if answer.searched:
        named = ", ".join(answer.searched[:_NAMED])
        more = len(answer.searched) - _NAMED
        if more > 0:
            named = ngettext("{named} and {count} other", "{named} and {count} others", more,
                             named=named)  # fmt: skip
        wider = _correct("everywhere", _("Search all documents")) if latest and own else Markup("")
        notes.append(escape(_("Searched in {documents}", documents=named)) + wider)
    elif answer.about:
        about = ", ".join(answer.about)
        notes.append(escape(_("Taken to be about {documents}", documents=about)))
    return Markup("").join(Markup('<p class="note understood">{}</p>').format(n) for n in notes)


def _correct(act: str, label: str) -> Markup:
    return Markup(' <button type="button" class="plain" data-act="{}">{}</button>').format(
        act, label
    )


def _acts_html(exchange: Exchange, *, latest: bool, own: bool) -> Markup:
    acts = []
    if exchange.answer is not None:
        acts.append(_act_html("copy", "copy", _("Copy answer")))
    if exchange.answer is not None and own:
        acts.append(_act_html("like", "like", _("Good answer"), exchange.liked is True))
        acts.append(_act_html("dislike", "poor", _("Poor answer"), exchange.liked is False))
    if latest and own:
        acts.append(_act_html("again", "again", _("Ask again")))
        acts.append(_act_html("edit", "edit", _("Edit question")))
    return Markup('<div class="acts">{}</div>').format(Markup("").join(acts))


def _act_html(act: str, drawing: str, label: str, pressed: bool | None = None) -> Markup:
    state = "" if pressed is None else Markup(' aria-pressed="{}"').format(str(pressed).lower())
    return Markup(
        '<button type="button" class="act" data-act="{}" aria-label="{}" title="{}"{}>{}</button>'
    ).format(act, label, label, state, icon(drawing))
