"""Relevance: how well a statement answers a question, by meaning and by words."""

from __future__ import annotations
