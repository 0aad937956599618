"""Load rule files, compile them once, run them over a text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex
from pydantic import ValidationError

from congvan.errors import RuleError
from congvan.rules.format import PieceFile, Rule, RuleFile
from congvan.rules.marks import PIECES, marked
from congvan.rules.own import active, join, own_files
from congvan.rules.words import words_pattern

if TYPE_CHECKING:
    from spacy.matcher import Matcher, PhraseMatcher
    from spacy.tokens import Doc

RULES = Path(__file__).parent / "vi"

# accepts the name of a piece of pattern in double angle brackets, as in "<<figure>>"
_PIECE = regex.compile(r"<<([a-z_0-9]+)>>")


@dataclass(frozen=True, slots=True)
class Match:
    """A match of a rule in a text: ``text[start:end]``, and the named groups of the pattern as (start, end)."""

    rule: Rule
    start: int
    end: int
    text: str
    groups: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str | None:
        """Text of a named group, None where it did not take part."""
        span = self.groups.get(name)
        return None if span is None else self.text[span[0] : span[1]]


@dataclass(frozen=True)
class RuleSet:
    """The rules of one kind, compiled."""

    kind: str
    rules: tuple[Rule, ...]
    patterns: Mapping[str, regex.Pattern[str]]
    matcher: Matcher | None = None
    phrases: PhraseMatcher | None = None
    starts: regex.Pattern[str] | None = None

    @cached_property
    def _words(self) -> tuple[str, ...]:
        """All words of the cheap tests, once each."""
        return tuple(dict.fromkeys(word for rule in self.rules for word in rule.needs))

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id."""
        return self._by_id[rule_id]

    def all_matches(
        self, text: str, doc: Doc | None = None, only: str | None = None, skip: str | None = None
    ) -> list[Match]:
        """Every match of every rule (or of rule ``only``, or of all but those of build ``skip``), overlaps included, by start.

        Args:
            text: a flow. doc: its spaCy Doc of syllables (:func:`congvan.language.spacy_vi.syllable_doc`); made when a
                token rule needs it and none is given.
        """
        low = text.lower()
        found: list[Match] = []
        wanted = self.rules if only is None else (self._by_id[only],)
        words = {word for word in (self._words if only is None else wanted[0].needs) if word in low}
        for rule in wanted:
            if (rule.needs and words.isdisjoint(rule.needs)) or (skip is not None and rule.build == skip):
                continue
            pattern = self.patterns.get(rule.id)
            if pattern is not None:
                for m in self._matches_of(rule, pattern, text):
                    if m.end() > m.start():
                        groups = {k: m.span(k) for k in pattern.groupindex if m.start(k) >= 0}
                        found.append(Match(rule, m.start(), m.end(), text, groups))
        found.extend(self._spacy_matches(text, low, doc, only))
        found.sort(key=lambda m: (m.start, -m.end))
        return found

    def _matches_of(self, rule: Rule, pattern: regex.Pattern[str], text: str) -> Iterable[regex.Match[str]]:
        """The matches of one pattern: in the text, or in the text with its numbers as signs."""
        if not rule.numbers:
            return pattern.finditer(text)
        seen, numbers = marked(text)
        if not numbers:
            return ()
        if self.starts is None or rule.anywhere:
            return pattern.finditer(seen)
        return [m for at in self._starts(text) if (m := pattern.match(seen, at)) is not None]

    def _starts(self, text: str) -> Sequence[int]:
        """Where a match may begin that begins with a number; kept for the text that is read now."""
        known = self._last_starts.get(text)
        if known is None:
            seen, numbers = marked(text)
            assert self.starts is not None
            known = [at for at in numbers if self.starts.match(seen, at) is not None]
            self._last_starts.clear()
            self._last_starts[text] = known
        return known

    @cached_property
    def _last_starts(self) -> dict[str, Sequence[int]]:
        return {}

    def kept_out(self, text: str) -> list[Match]:
        """Matches of patterns whose cheap test keeps them from running: none of the words that the rule needs stands in the text."""
        low = text.lower()
        out: list[Match] = []
        for rule in self.rules:
            pattern = self.patterns.get(rule.id)
            if pattern is not None and rule.needs and not any(n in low for n in rule.needs):
                found = self._matches_of(rule, pattern, text)
                out += [Match(rule, m.start(), m.end(), text) for m in found if m.end() > m.start()]
        return out

    def _spacy_matches(self, text: str, low: str, doc: Doc | None, only: str | None) -> Iterator[Match]:
        if self.matcher is None and self.phrases is None:
            return
        wanted = [r for r in self.rules if (r.tokens or r.phrases) and (only is None or r.id == only)]
        if not any(not r.needs or any(n in low for n in r.needs) for r in wanted):
            return
        if doc is None:
            from congvan.language.spacy_vi import syllable_doc

            doc = syllable_doc(text)
        by_id = {r.id: r for r in wanted}
        for matcher in (self.matcher, self.phrases):
            if matcher is None:
                continue
            for key, first, stop in matcher(doc):
                rule = by_id.get(doc.vocab.strings[key])
                if rule is not None:
                    span = doc[first:stop]
                    yield Match(rule, span.start_char, span.end_char, text)

    def find(self, text: str, doc: Doc | None = None) -> list[Match]:
        """Matches without overlaps: the higher priority wins, then the longer, then the first. By start."""
        ranked = sorted(self.all_matches(text, doc), key=lambda m: (-m.rule.priority, m.start - m.end, m.start))
        kept: list[Match] = []
        taken = bytearray(len(text))
        for m in ranked:
            if not any(taken[m.start : m.end]):
                taken[m.start : m.end] = b"\1" * (m.end - m.start)
                kept.append(m)
        kept.sort(key=lambda m: m.start)
        return kept


def read_rules(path: Path) -> RuleFile:
    """Read and validate one rule file.

    Raises:
        RuleError: not TOML, or not of the format; the message names the file, the rule and the field.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise RuleError(f"{path.name} is not valid TOML: {err}.", "Correct the file.") from err
    try:
        return RuleFile.model_validate(data)
    except ValidationError as err:
        first = err.errors()[0]
        where = _where(data, first["loc"])
        raise RuleError(f"{path.name}: {where}: {first['msg']}.", "See the format in congvan/rules/format.py.") from err


def read_pieces(used: str, name: str = "rules") -> dict[str, str]:
    """The pieces of pattern of ``vi/pieces/<used>.toml``.

    Raises:
        RuleError: no such file, or not of the format; the message names the rule file ``name`` that uses it.
    """
    path = RULES / "pieces" / f"{used}.toml"
    try:
        file = PieceFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        words = {k: words_pattern(v.split(",")) for k, v in file.words.items()}
    except FileNotFoundError as err:
        raise RuleError(f"{name}: there are no pieces {used!r}.", f"Files of pieces are in {path.parent}.") from err
    except ValueError as err:  # not TOML, not UTF-8, not of the format, or no list of words
        raise RuleError(f"{path.name}: {err}.", "Correct the file.") from err
    return words | {k: v if isinstance(v, str) else "".join(v) for k, v in file.define.items()}


def _where(data: Mapping[str, Any], loc: tuple[int | str, ...]) -> str:
    if len(loc) > 1 and loc[0] == "rule" and isinstance(loc[1], int):
        rules = data.get("rule", [])
        name = rules[loc[1]].get("id", f"number {loc[1] + 1}") if loc[1] < len(rules) else "?"
        return f"rule {name}, " + ".".join(str(part) for part in loc[2:])
    return ".".join(str(part) for part in loc) or "file"


def compile_rules(file: RuleFile, name: str = "rules") -> RuleSet:
    """Compile the patterns of a rule file.

    Raises:
        RuleError: a pattern does not compile, or uses an undefined piece.
    """
    shared = [piece for used in file.use for piece in read_pieces(used, name).items()]
    own = {k: v if isinstance(v, str) else "".join(v) for k, v in file.define.items()}
    pieces = {**PIECES, **dict(shared), **own}

    def expand(text: str, depth: int = 0) -> str:
        if depth > 20:
            raise RuleError(f"{name}: the pieces of [define] refer to each other in a circle.", "Break the circle.")

        def piece(m: regex.Match[str]) -> str:
            if m[1] not in pieces:
                raise RuleError(f"{name}: <<{m[1]}>> is not defined.", "Add it under [define].")
            return f"(?:{expand(pieces[m[1]], depth + 1)})"

        return _PIECE.sub(piece, text)

    patterns: dict[str, regex.Pattern[str]] = {}
    for rule in file.rule:
        if rule.pattern is not None:
            flags = regex.VERSION0 | (0 if rule.case else regex.IGNORECASE)
            try:
                patterns[rule.id] = regex.compile(expand(rule.pattern), flags)
            except regex.error as err:
                raise RuleError(
                    f"{name}: the pattern of rule {rule.id} does not compile: {err}.", "Correct it."
                ) from err
    matcher, phrases = _spacy_matchers(file, name)
    starts = regex.compile(expand(file.starts), regex.IGNORECASE) if file.starts else None
    return RuleSet(file.kind, tuple(file.rule), patterns, matcher, phrases, starts)


def _spacy_matchers(file: RuleFile, name: str) -> tuple[Matcher | None, PhraseMatcher | None]:
    if not any(r.tokens or r.phrases for r in file.rule):
        return None, None
    from spacy.matcher import Matcher, PhraseMatcher

    from congvan.language.spacy_vi import syllable_doc, vocab

    matcher, phrases = Matcher(vocab(), validate=True), PhraseMatcher(vocab(), attr="NORM")
    for rule in file.rule:
        try:
            if rule.tokens:
                matcher.add(rule.id, rule.tokens)
            if rule.phrases:
                phrases.add(rule.id, [syllable_doc(p) for p in rule.phrases])
        except Exception as err:  # spaCy raises several kinds for a bad pattern
            raise RuleError(f"{name}: the token pattern of rule {rule.id} is invalid: {err}.", "Correct it.") from err
    return matcher, phrases


def rules(name: str) -> RuleSet:
    """The compiled rules of ``rules/vi/<name>.toml``, with those of the user's folders for that kind; loaded once, when first used."""
    return _compiled(name, active())


@cache
def _compiled(name: str, folders: tuple[Path, ...]) -> RuleSet:
    base = read_rules(RULES / f"{name}.toml")
    own = [(path, file) for path in own_files(folders) if (file := read_rules(path)).kind == base.kind]
    if folders and not own:
        return _compiled(name, ())
    return compile_rules(join(base, own) if own else base, own[0][0].name if own else f"{name}.toml")


def ruleset_of(kind: str) -> RuleSet:
    """The compiled rules of a kind, the user's among them."""
    return next(rules(path.stem) for path in rule_files() if read_rules(path).kind == kind)


def rule_files() -> list[Path]:
    """All rule files of congvan, by name."""
    return sorted(RULES.glob("*.toml"))


def piece_files() -> list[Path]:
    """The files of pieces that rule files use, by name."""
    return sorted(RULES.glob("pieces/*.toml"))
