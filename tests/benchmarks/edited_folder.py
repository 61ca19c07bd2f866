"""EditedFolder: small invented documents, and somebody who edits them, by a seeded generator."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

_WHO = ["The harbour board", "The council", "The lighthouse service", "The forest office",
        "The ferry company", "The ministry of Norvale", "The museum",
        "The river authority"]  # fmt: skip
_DOES = ["repairs", "electrifies", "closes", "opens", "extends", "inspects", "pays for",
         "replaces"]  # fmt: skip
_WHAT = ["the northern quays", "eleven lighthouses", "the night ferries", "the oak nurseries",
         "two swing bridges", "the flood gates", "the public libraries", "the tram to the port",
         "every cycling path", "the herring market"]  # fmt: skip
_WHEN = ["by 2031", "before the winter", "every spring", "until 2027", "within four years",
         "as soon as the budget allows", "together with the island of Osk"]  # fmt: skip
_TOPICS = ["Quays", "Lights", "Ferries", "Woods", "Bridges", "Floods", "Libraries", "Trams"]
_NAMES = ["harbour", "coast", "forest", "transport", "culture", "water", "budget", "islands"]

QUESTIONS = [
    "Who repairs the northern quays?", "When are the night ferries electrified?",
    "What does the lighthouse service inspect?", "Which bridges are replaced by 2031?",
    "Who pays for the public libraries?", "What does the forest office open every spring?",
    "What happens before the winter?", "Who closes the herring market?",
    "What is done together with the island of Osk?", "How are the flood gates extended?",
    "Which plans does the ministry of Norvale have?", "What does the museum replace?",
    "tram to the port", "oak nurseries until 2027", "Who is in charge of cycling paths?",
    "What is in the harbour plan of 2030?", "What does the river authority pay for?",
    "Which lighthouses are closed?", "as soon as the budget allows", "eleven",
]  # fmt: skip


class EditedFolder:
    """Markdown and text files in ``folder``; the same seed makes the same edits."""

    def __init__(self, folder: Path, seed: int, documents: int = 10) -> None:
        self.folder = folder
        self._chance = random.Random(seed)
        self._broken: list[Path] = []
        self._made = 0
        folder.mkdir(parents=True)
        for _ in range(documents):
            self.add()

    def edit(self, times: int = 1) -> list[str]:
        """Make so many changes; what they were, as "rename", "add", ..."""
        done = []
        for _ in range(times):
            few = len(self._readable()) < 4
            actions: list[Callable[[], None]] = [self.add, self.change]
            actions += [] if few else [self.rename, self.delete, self.spoil]
            actions += [self.repair] if self._broken else []
            action = self._chance.choice(actions)
            action()
            done.append(action.__name__)
        return done

    def add(self) -> None:
        name = self._name()
        lines = [f"# {self._chance.choice(_TOPICS)} of {name.stem}", ""]
        for _ in range(self._chance.randint(1, 4)):
            lines += [f"## {self._chance.choice(_TOPICS)}", "", self._paragraph(), ""]
        others = self._readable()
        if others and self._chance.random() < 0.2:  # what stands elsewhere, too
            lines += self._chance.choice(others).read_text(encoding="utf-8").splitlines()[2:]
        name.parent.mkdir(parents=True, exist_ok=True)
        name.write_text("\n".join(lines), encoding="utf-8")

    def change(self) -> None:
        path = self._chance.choice(self._readable())
        lines = path.read_text(encoding="utf-8").splitlines()
        place = self._chance.randrange(2, len(lines) + 1)
        lines[place : place + self._chance.randint(0, 2)] = ["", self._paragraph(), ""]
        path.write_text("\n".join(lines), encoding="utf-8")

    def rename(self) -> None:
        path = self._chance.choice(self._readable())
        target = self._name()
        if self._chance.random() < 0.5:  # moved only
            target = target.parent / "moved" / path.name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target.with_suffix(path.suffix))

    def delete(self) -> None:
        self._chance.choice(self._readable()).unlink()

    def spoil(self) -> None:
        """From now on it cannot be read."""
        path = self._chance.choice(self._readable())
        path.write_bytes(self._chance.choice([b"", b" \n\n", b"%PDF-1.7\n%\xff\xfe\x00\x01" * 30]))
        self._broken.append(path)

    def repair(self) -> None:
        path = self._broken.pop(self._chance.randrange(len(self._broken)))
        path.write_text(f"# Repaired\n\n{self._paragraph()}\n", encoding="utf-8")

    def _readable(self) -> list[Path]:
        files = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return [path for path in files if path not in self._broken]

    def _name(self) -> Path:
        self._made += 1
        name = self._chance.choice(_NAMES)
        year = self._chance.choice(["", "-2030", " (2027)", " élan"])
        suffix = self._chance.choice([".md", ".md", ".txt"])
        below = self._chance.choice([".", ".", "annex", "old plans"])
        return self.folder / below / f"{name}{year} {self._made}{suffix}"

    def _paragraph(self) -> str:
        pick = self._chance.choice
        count = self._chance.randint(2, 9)
        sentences = [
            f"{pick(_WHO)} {pick(_DOES)} {pick(_WHAT)} {pick(_WHEN)}." for _ in range(count)
        ]
        return " ".join(sentences)
