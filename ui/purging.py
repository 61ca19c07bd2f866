"""Purging: deleted conversations leave the file while the chat is served, asked anything or not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from ui.conversations import Conversations
from ui.errors import ConversationsUnusable, sentence

# Hourly, so that nothing outlives its day of undoing by more than that, whatever the machine slept.
PURGE_SECONDS = 3600.0
_LOG = logging.getLogger(__name__)


@asynccontextmanager
async def purging(conversations: Conversations, seconds: float) -> AsyncIterator[None]:
    """Purges every ``seconds`` until the block ends."""

    async def purge() -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await asyncio.to_thread(conversations.purge)
            except ConversationsUnusable as error:
                _LOG.warning("deleted conversations stay for now: %s", sentence(error))

    task = asyncio.create_task(purge())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
