"""Reading: where in a passage the answer to a question stands, and whether it is there at all."""

from assistant.reader.reader import LOWEST, Reader, Reading, Span

__all__ = ["LOWEST", "Reader", "Reading", "Span"]
