r"""The one rule format, in TOML, for all kinds of findings.

    kind = "percentages"                       # which findings the rules make
    use = ["measures"]                         # files of vi/pieces whose [define] is known here too
    starts = '(?<!Điều )<<number>>'             # with numbers: what holds where a match begins, looked at once a number
    numbers = true                             # its patterns see each number as one: <<number>> (below); also of one rule
    [define]                                   # pieces of pattern, used as <<name>>
    figure = '\d+(?:,\d+)?'

    [[rule]]
    id = "percentages.figure"
    about = "A figure with the percent sign."  # what it accepts, for the explanation
    source = "RECORD.md"                       # where the rule comes from, if anywhere
    pattern = '(?P<value><<figure>>) ?%'       # regex module syntax; or a list of strings that are joined; or
    tokens = [[{LOWER = "chủ"}, {LOWER = "trì"}]]   # spaCy token patterns; or
    phrases = ["Văn phòng Chính phủ"]          # spaCy phrases, case ignored
    needs = ["%"]                              # cheap test: one of these (lower case) must occur in the text
    build = "percentage"                       # function of the extractor that makes the value; default: the kind's own
    set = { operator = "=" }                   # constants of the value
    anywhere = false                           # its match need not begin with a number that the file's ``starts`` accepts
    priority = 0                               # of overlapping matches the higher one wins, then the longer, then the first
      [[rule.example]]                         # at least one: tests
      text = "đạt 14,58% kế hoạch"
      find = "14,58%"
      value = { operator = "=", value = 14.58 }
      [[rule.counter]]                         # must NOT match (with `find`: must not match just that)
      text = "Điều 5"

Patterns run on the flow of a paragraph: NFC, lines joined, single spaces. Matching ignores case unless ``case = true``.

With ``numbers = true`` the numbers of the text are read first (:mod:`congvan.language.numbers`), and a pattern says where one
has to stand, not how it is written: ``<<number>>`` any; ``<<figure>>`` one in figures without scale words, of which ``<<small>>``
has one or two figures and no zero before them and ``<<year>>`` four that may be a year; ``<<scaled>>`` one with nghìn, triệu, tỷ;
``<<words>>`` one in words. No figure of a number that was read is seen otherwise: ``\\d`` meets what is no number.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Example(_Strict):
    """A text, what the rule finds in it, and the keys of the value that must come out."""

    text: str
    find: str
    value: dict[str, Any] = Field(default_factory=dict)


class Counter(_Strict):
    """A text in which the rule must find nothing, or, with ``find``, not that."""

    text: str
    find: str | None = None


class Rule(_Strict):
    """One rule. See the module's docstring for the fields."""

    id: str = Field(pattern=r"^[a-z0-9_-]+(\.[a-z0-9_-]+)+$")
    about: str
    source: str = ""
    pattern: str | None = None
    tokens: list[list[dict[str, Any]]] | None = None
    phrases: list[str] | None = None
    needs: list[str] = Field(default_factory=list)
    build: str = ""
    set: dict[str, Any] = Field(default_factory=dict)
    priority: int = 0
    case: bool = False
    numbers: bool = False
    anywhere: bool = False
    example: list[Example] = Field(min_length=1)
    counter: list[Counter] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _join(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("pattern"), list):
            return {**data, "pattern": "".join(data["pattern"])}
        return data

    @model_validator(mode="after")
    def _one_matcher(self) -> Rule:
        given = [name for name in ("pattern", "tokens", "phrases") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"a rule has exactly one of pattern, tokens, phrases; this one has {given or 'none'}")
        for example in self.example:
            if example.find not in example.text:
                raise ValueError(f"example: {example.find!r} does not occur in {example.text!r}")
        return self


class PieceFile(_Strict):
    """One TOML file of pieces of pattern that several rule files use.

    ``words`` are pieces too: lists of words with commas between, of which the longest that stands at a place is accepted.
    """

    about: str = ""
    define: dict[str, str | list[str]] = Field(default_factory=dict)
    words: dict[str, str] = Field(default_factory=dict)


class RuleFile(_Strict):
    """One TOML file of rules."""

    kind: str
    about: str = ""
    use: list[str] = Field(default_factory=list)
    numbers: bool = False
    starts: str = ""
    define: dict[str, str | list[str]] = Field(default_factory=dict)
    rule: list[Rule] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _numbers_of_rules(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("numbers"):
            rules = [{"numbers": True, **r} if isinstance(r, dict) else r for r in data.get("rule", [])]
            return {**data, "rule": rules}
        return data

    @model_validator(mode="after")
    def _unique(self) -> RuleFile:
        seen: set[str] = set()
        for rule in self.rule:
            if rule.id in seen:
                raise ValueError(f"the id {rule.id!r} is used twice")
            seen.add(rule.id)
        return self
