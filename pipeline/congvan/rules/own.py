"""Rules of the user: TOML files in folders of his own, beside those that congvan brings along.

A file has the format of :mod:`congvan.rules.format` and adds rules to one kind. It may use the pieces of pattern that the kind
defines. It is checked when it is loaded: the format, the patterns, names of kinds, builders and constants, and every
example and counter-example, so that a mistake shows before a document is read, with the file, the rule and the field.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from congvan.errors import RuleError
from congvan.rules.format import Rule, RuleFile

_active: ContextVar[tuple[Path, ...]] = ContextVar("folders of rules", default=())


def active() -> tuple[Path, ...]:
    """The user's folders that rules are taken from here and now."""
    return _active.get()


def folders_of(setting: str) -> tuple[Path, ...]:
    """The folders of the setting ``rules``: parted like the entries of PATH."""
    return tuple(Path(part) for part in setting.split(os.pathsep) if part)


@contextmanager
def use_rules(folders: tuple[Path, ...]) -> Iterator[None]:
    """Within the block, the rules of these folders are used beside congvan's own.

    Raises:
        RuleError: a folder is missing or empty, or a file in it is wrong.
    """
    for folder in folders:
        _checked(folder, _stamp(folder))
    before = _active.set(folders)
    try:
        yield
    finally:
        _active.reset(before)


def own_files(folders: tuple[Path, ...]) -> list[Path]:
    """The rule files of the folders, by folder and name.

    Raises:
        RuleError: a folder is missing, or holds no rule file.
    """
    out: list[Path] = []
    for folder in folders:
        found = sorted(folder.glob("*.toml")) if folder.is_dir() else []
        if not found:
            what = "holds no rule files (*.toml)" if folder.is_dir() else "is no folder"
            raise RuleError(f"{folder} {what}.", "Name a folder with rule files: --rules DIR or the setting rules.")
        out.extend(found)
    return out


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What tells a changed folder from one that was checked already."""
    return tuple((str(p), p.stat().st_mtime_ns, p.stat().st_size) for p in own_files((folder,)))


@lru_cache(maxsize=16)
def _checked(folder: Path, _stamp: tuple[tuple[str, int, int], ...]) -> None:
    """Check every file of a folder, with its examples."""
    from congvan.rules.check import failures
    from congvan.rules.load import read_rules, rule_files, ruleset_of

    kinds = {read_rules(path).kind for path in rule_files()}
    before = _active.set((folder,))
    try:
        for path in own_files((folder,)):
            file = read_rules(path)
            if file.kind not in kinds:
                raise RuleError(
                    f"{path.name}: there are no rules of kind {file.kind!r}.", f"Kinds: {', '.join(sorted(kinds))}."
                )
            ruleset = ruleset_of(file.kind)
            mine = {rule.id for rule in file.rule}
            wrong = [line for line in failures(ruleset) if line.partition(":")[0] in mine]
            if wrong:
                raise RuleError(f"{path.name}: {wrong[0]}.", "Correct the rule or its example.")
    finally:
        _active.reset(before)


def join(base: RuleFile, own: list[tuple[Path, RuleFile]]) -> RuleFile:
    """The rules of a kind with those of the user, checked against what the kind knows.

    Raises:
        RuleError: an id that is taken, an unknown builder or constant.
    """
    rules: list[Rule] = list(base.rule)
    where = {rule.id: "congvan's own rules" for rule in rules}
    define = dict(base.define)
    builds = {rule.build for rule in rules}
    constants = {name for rule in rules for name in rule.set} | {"name"}
    roles = {rule.set.get("role") for rule in rules}
    for path, file in own:
        for name, piece in file.define.items():
            if name in define and define[name] != piece:
                raise RuleError(f"{path.name}: <<{name}>> is defined already.", "Choose another name for the piece.")
            define[name] = piece
        for rule in file.rule:
            place = f"{path.name}: rule {rule.id}"
            if rule.id in where:
                raise RuleError(f"{place}: the id is taken by {where[rule.id]}.", "Choose another id.")
            if rule.build not in builds:
                raise RuleError(f"{place}: build {rule.build!r} is unknown.", _choose(builds))
            unknown = sorted(set(rule.set) - constants)
            if unknown:
                raise RuleError(f"{place}: set.{unknown[0]} is unknown.", _choose(constants))
            if "role" in constants and rule.set.get("role") not in roles:
                raise RuleError(f"{place}: set.role {rule.set.get('role')!r} is unknown.", _choose(roles))
            where[rule.id] = path.name
            rules.append(rule)
    use = list(dict.fromkeys([*base.use, *(used for _, file in own for used in file.use)]))
    return RuleFile(kind=base.kind, about=base.about, use=use, starts=base.starts, define=define, rule=rules)


def _choose(names: set[str] | set[object | None]) -> str:
    return f"Known: {', '.join(sorted(repr(name) for name in names))}."
