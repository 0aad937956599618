"""Letters of other scripts, and rare Latin ones, that look like those of Vietnamese ("ĐẠI ҺỌເ QUỐເ ǤIA", "Quyết Ðịnh", "nƣớc").

Theses are so disguised against copying; typists take Ð for Đ. A letter is put back where the text shows the habit: words
that mix scripts, or hold a letter that Vietnamese has not, become syllables. Words of Russian, Greek, Lao or Icelandic
and letters of formulas do not, and stay.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from congvan.document import Edit, Span
from congvan.repair.openings import in_a_name, opens_sentence
from congvan.repair.regions import WORD, Sign, damaged_region, is_abbreviation, is_known, known_share
from congvan.repair.suspects import WordTest, suspects

FAMILY = "look-alike"
PAIR = 2  # different words that must show the habit, unless one has a letter that only Vietnamese has
PROSE = 0.6  # share of syllables in a line that makes it Vietnamese
LONG = 3  # letters of a word of another script that is left where it is no syllable

# Letters of other scripts. Lao ເ and the digit 0 have no case.
_OTHER = dict(
    zip(
        "ҺһПпǤǥƔɣѴѵРρΡЬьƚгАаЕеОоСсХхУуІіЅѕВКкМНТтԛрΑΒΕΖΗΙΚΜΝΟΤΥΧοναικυɡɑ",
        "HhNnGgYyVvPpPBbtrAaEeOoCcXxYyIiSsBKkMHTtqpABEZHIKMNOTYXovaikuga",
        strict=True,
    )
)
_LATIN = dict(zip("ÐðƉƢƣ", "ĐđĐƯư", strict=True))
_NO_CASE = {"ເ": "c", "0": "o"}
_TABLE = {**_OTHER, **_LATIN, **_NO_CASE}

# accepts a word with such a letter, or with the digit 0 among its letters ("ҺỌເ", "tr0пǥ", "Quyết Ðịnh": Ðịnh)
_WORD = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{Nd}}])(?=\p{{M}}*\p{{L}}|0\p{{L}})(?=[\p{{L}}\p{{M}}0]*[{''.join(_TABLE)}])[\p{{L}}\p{{M}}0]+(?!\p{{Nd}})"
)
# accepts a letter of the table that no Latin alphabet of Europe has
_ODD = regex.compile(rf"[{''.join(_OTHER)}ເƢƣ]")
# accepts a Greek letter, which alone is a sign of a formula
_GREEK = regex.compile(r"\p{Greek}")
# accepts a letter of the table beside a figure ("9һ00", "Һ42.19")
_BESIDE_FIGURE = regex.compile(
    rf"(?:(?<=\p{{Nd}})(?!\p{{Greek}})[{''.join(_OTHER)}]|(?<![\p{{L}}\p{{Nd}}])(?!\p{{Greek}})[{''.join(_OTHER)}](?=[1-9]))(?!\p{{L}})"
)
# accepts a Latin letter that is in no table ("Đ", "a")
_PLAIN = regex.compile(rf"(?![{''.join(_TABLE)}])\p{{Latin}}")
# accepts a letter that only Vietnamese has ("ơ", "ị")
_VIETNAMESE = regex.compile(r"[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
# accepts a word of letters of other scripts than the Latin one ("Иванов")
_FOREIGN = regex.compile(r"[\p{Cyrillic}\p{Greek}\p{Lao}\p{M}]{2,}")


def look_alike_edits(text: str) -> tuple[Edit, ...]:
    """The edits that put the letters of Vietnamese for those that look like them."""
    strong = _strong_words(text)
    if len(strong) < PAIR and not any(_VIETNAMESE.search(w) or _tells_alone(w, text) for w in strong):
        return ()
    evidence = f"letters that look alike make syllables of {len(strong)} words"
    found: list[Edit] = []
    for line in damaged_region(text, _sign):
        edits: list[Edit] = []
        for m in _WORD.finditer(text, line.start, line.stop):
            new = _spelled(m[0], text, m.start(), m.end())
            if new is not None and new != m[0]:
                edits.append(Edit(Span(*m.span()), m[0], new, FAMILY, evidence, 0.97 if is_known(new) else 0.9))
        edits += [
            Edit(Span(*m.span()), m[0], _TABLE[m[0]], FAMILY, evidence, 0.9)
            for m in _BESIDE_FIGURE.finditer(text, line.start, line.stop)
            if not any(e.span.overlaps(m.span()) for e in edits)
        ]
        found += sorted(edits, key=lambda e: e.span)
    return tuple(found)


def may_look_alike(text: str) -> bool:
    """False where no line of a text can have such letters, as :func:`look_alike` sees it."""
    return len(_strong_words(text)) >= PAIR


def _strong_words(text: str) -> set[str]:
    return {w for word in _HAS_STRONG.among(suspects(text).words) for w in _WORD.findall(word) if _is_strong(w)}


def look_alike(line: str) -> str | None:
    """Evidence that a line has such letters, None where nothing shows it."""
    words = [w for w in _WORD.findall(line) if _is_strong(w)]
    return f"letters of other scripts in {len(words)} words: {words[0]}" if len(set(words)) >= PAIR else None


@lru_cache(maxsize=20_000)
def _mapped(word: str) -> str:
    """The word in letters of Vietnamese; what has no case takes that of the others, small where they do not tell."""
    new = "".join(_TABLE.get(c, c) for c in word)
    own = [n for c, n in zip(word, new, strict=True) if c not in _NO_CASE]
    capitals = bool(own) and all(c.isupper() for c in own if c.isalpha())
    return new.upper() if capitals and (len(own) > 1 or not is_known(new)) else new


@lru_cache(maxsize=20_000)
def _is_strong(word: str) -> bool:
    """True for a word that cannot be right as it stands, and is a syllable in letters of Vietnamese."""
    if len(word) < 2 or is_known(word) or not is_known(_mapped(word)):
        return False
    if _ODD.search(word):
        return _PLAIN.search(word) is not None or len(_scripts(word)) > 1
    return _VIETNAMESE.search(word) is not None and "0" not in word


_HAS_STRONG = WordTest(lambda word: any(map(_is_strong, _WORD.findall(word))))


def _tells_alone(word: str, text: str) -> bool:
    """True for a word that mixes scripts in a line of Vietnamese ("Ủy ban Һành chính")."""
    at = text.index(word)
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    around = [w for w in WORD.findall(text[start : end if end >= 0 else len(text)]) if w != word]
    return len(_PLAIN.findall(word)) > 1 and len(around) > 1 and known_share(around) >= PROSE


def _scripts(word: str) -> set[str]:
    """The scripts of the letters of a word, as far as the table knows them."""
    return {
        "Lao" if c == "ເ" else "Greek" if "Ͱ" <= c <= "Ͽ" else "Cyrillic" if c >= "Ѐ" else "Latin"
        for c in word
        if c.isalpha()
    }


def _sign(line: str) -> Sign:
    words = _WORD.findall(line)
    strong = sum(map(_is_strong, words))
    foreign = [w for w in _FOREIGN.findall(line) if any(c not in _TABLE for c in w)]
    if len(foreign) > strong:
        return Sign.SOUND
    if strong:
        return Sign.DAMAGED
    # Ð alone among words of Vietnamese: "Ban chỉ đạo QÐ"
    latin = any(
        not _ODD.search(w) and (is_known(_mapped(w)) or is_abbreviation(_mapped(w))) for w in words if "0" not in w
    )
    return Sign.DAMAGED if latin and known_share(WORD.findall(line)) >= PROSE else Sign.OPEN


def _spelled(word: str, text: str, start: int, end: int) -> str | None:
    """A word of a damaged line in letters of Vietnamese, None where it stays."""
    new = _mapped(word)
    if len(word) == 1:
        is_point = word in _LATIN and text[end : end + 1] == ")"
        return new if is_point or (_ODD.match(word) and not _GREEK.match(word)) else None
    right = is_known(new) or is_abbreviation(new)
    if not right:
        mixed = _ODD.search(word) is not None and (_PLAIN.search(word) is not None or len(_scripts(word)) > 1)
        if not mixed and (len(word) >= LONG or not _ODD.search(word)):
            return None
    elif is_known(word) or ("0" in word and word.isupper() and sum(map(str.isalpha, word)) > 1):
        return None
    if word[0] == "ເ" and new[0] == "c":
        before, after = _plainly(text[max(start - 120, 0) : start]), _plainly(text[end : end + 40])
        if new[1].isupper() or opens_sentence(before) or in_a_name(new, before, after):
            new = "C" + new[1:]
    return new


def _plainly(text: str) -> str:
    return "".join(_TABLE.get(c, c) if c != "0" else c for c in text)
