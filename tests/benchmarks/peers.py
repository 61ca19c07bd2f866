"""LangChain's tutorial and txtai, used as plainly as their own pages show; run by versus.py.

    python tests/benchmarks/peers.py LIBRARY measure WORK.json
    python tests/benchmarks/peers.py LIBRARY ask STORE MODEL QUESTION

By a Python that has the libraries; nothing of this project is imported. What is measured is
printed as one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol


class Peer(Protocol):
    def embed(self, texts: list[str]) -> object: ...
    def build(self, folder: Path, store: Path) -> int: ...
    def change(self, file: Path, store: Path) -> object: ...
    def best(self, question: str) -> list[str]: ...
    def load(self, store: Path) -> object: ...


class LangChain:
    """Load, split 1000/200, embed by sentence-transformers, FAISS, similarity search."""

    def __init__(self, model: str) -> None:
        from langchain_huggingface import HuggingFaceEmbeddings

        self.embeddings = HuggingFaceEmbeddings(model_name=model)
        self.store: Any = None

    def embed(self, texts: list[str]) -> object:
        return self.embeddings.embed_documents(texts)

    def build(self, folder: Path, store: Path) -> int:
        from langchain_community.vectorstores import FAISS

        chunks = [chunk for file in sorted(folder.rglob("*.md")) for chunk in split(file)]
        self.store = FAISS.from_documents(chunks, self.embeddings)
        self.store.save_local(str(store))
        return len(chunks)

    def change(self, file: Path, store: Path) -> object:
        """By hand: the tutorial would build everything anew."""
        held = self.store.docstore._dict.items()
        old = [id for id, document in held if document.metadata["source"] == str(file)]
        self.store.delete(old)
        self.store.add_documents(split(file))
        return self.store.save_local(str(store))

    def best(self, question: str) -> list[str]:
        return [found.page_content for found in self.store.similarity_search(question, k=10)]

    def load(self, store: Path) -> object:
        from langchain_community.vectorstores import FAISS

        self.store = FAISS.load_local(
            str(store), self.embeddings, allow_dangerous_deserialization=True
        )
        return self.store


class Txtai:
    """Embeddings with content, over the same pieces."""

    def __init__(self, model: str) -> None:
        from txtai import Embeddings

        self.index: Any = Embeddings(path=model, content=True)

    def embed(self, texts: list[str]) -> object:
        return self.index.batchtransform(texts)

    def build(self, folder: Path, store: Path) -> int:
        rows = [row for file in sorted(folder.rglob("*.md")) for row in self._rows(file)]
        self.index.index(rows)
        self.index.save(str(store))
        return len(rows)

    def change(self, file: Path, store: Path) -> object:
        """By hand, as the library has no notion of a file."""
        held = self.index.search(
            "select id from txtai where id like :name", limit=1000, parameters={"name": f"{file}#%"}
        )
        self.index.delete([row["id"] for row in held])
        self.index.upsert(self._rows(file))
        return self.index.save(str(store))

    def best(self, question: str) -> list[str]:
        return [found["text"] for found in self.index.search(question, 10)]

    def load(self, store: Path) -> object:
        return self.index.load(str(store))

    def _rows(self, file: Path) -> list[tuple[str, str]]:
        return [(f"{file}#{n}", chunk.page_content) for n, chunk in enumerate(split(file))]


def split(file: Path) -> list[Any]:
    from langchain_community.document_loaders import TextLoader
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    return splitter.split_documents(TextLoader(str(file), encoding="utf-8").load())


def seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def measure(peer: Peer, work: dict[str, Any], store: Path) -> dict[str, float]:
    folder, changed = Path(work["folder"]), Path(work["changed"])
    peer.embed(work["texts"][:8])  # warm
    embedding = seconds(lambda: peer.embed(work["texts"]))
    pieces = 0

    def build() -> None:
        nonlocal pieces
        pieces = peer.build(folder, store)

    building = seconds(build)
    before = changed.read_text("utf-8")
    changed.write_text(work["text"], "utf-8")
    changing = seconds(lambda: (peer.change(changed, store), peer.best(work["question"])))
    found = any(work["sign"] in text for text in peer.best(work["question"]))
    changed.write_text(before, "utf-8")
    return {
        "texts_per_second": len(work["texts"]) / embedding,
        "build": building,
        "pieces": pieces,
        "change": changing if found else float("nan"),
    }


def main() -> None:
    library, action, *given = sys.argv[1:]
    kinds: dict[str, Callable[[str], Peer]] = {"langchain": LangChain, "txtai": Txtai}
    if action == "ask":
        peer = kinds[library](given[1])
        peer.load(Path(given[0]))
        print(peer.best(given[2]))
        return
    work = json.loads(Path(given[0]).read_text("utf-8"))
    store = Path(work["store"]) / library
    print(json.dumps(measure(kinds[library](work["model"]), work, store)))


if __name__ == "__main__":
    main()
