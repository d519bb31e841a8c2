"""Every regular expression that the product's modules hold, and whether it is looked for or matched."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import apps

APPS = ("careerforge", "connectors", "learning", "coaching", "market")
DEEP = 6
_LOOKED_FOR = r"\.(?:search|finditer|findall|sub|subn|split)\b"


@dataclass(frozen=True)
class Held:
    """A pattern, and where it is held; ``everywhere`` when it is tried at every place of a text."""

    pattern: re.Pattern[str]
    module: str
    name: str
    everywhere: bool


def held() -> list[Held]:
    """Each pattern once."""
    found: dict[tuple[str, int], Held] = {}
    modules = list(_modules())
    sources = {module.__name__: Path(str(module.__file__)).read_text(encoding="utf-8") for module in modules}
    whole = "\n".join(sources.values())
    for module in modules:
        own = sources[module.__name__]
        for name, value in list(vars(module).items()):
            for pattern in _inside([value], DEEP):
                # Who matches only tries one place. A nested one has no name to go by.
                named = isinstance(value, re.Pattern)
                where = own if name.startswith("_") or not named else whole
                used = re.search(rf"\b{name}{_LOOKED_FOR}" if named else _LOOKED_FOR, where)
                one = Held(pattern, module.__name__, name, bool(used))
                key = (pattern.pattern, pattern.flags)
                if key not in found or (one.everywhere and not found[key].everywhere):
                    found[key] = one
    return list(found.values())


def _modules() -> Iterator[ModuleType]:
    names = {config.name.partition(".")[0] for config in apps.get_app_configs()}
    for app in sorted(names & set(APPS)):
        package = importlib.import_module(app)
        for info in pkgutil.walk_packages(package.__path__, f"{app}."):
            if not info.name.endswith("__main__"):
                yield importlib.import_module(info.name)


def _inside(values: Any, deep: int) -> Iterator[re.Pattern[str]]:
    for value in values:
        if isinstance(value, re.Pattern):
            if isinstance(value.pattern, str):
                yield value
        elif deep and isinstance(value, Mapping):
            yield from _inside(list(value.values()), deep - 1)
        elif deep and isinstance(value, tuple | list | set | frozenset):
            yield from _inside(value, deep - 1)
        elif deep and _is_own(value):
            yield from _inside(list(getattr(value, "__dict__", {}).values()), deep - 1)
            yield from _inside([getattr(value, name, None) for name in _slots(value)], deep - 1)


def _slots(value: object) -> tuple[str, ...]:
    slots = getattr(type(value), "__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


def _is_own(value: object) -> bool:
    """A class of the product or one of its objects; no module, so that nothing is walked twice."""
    if isinstance(value, ModuleType):
        return False
    kind = value if isinstance(value, type) else type(value)
    return kind.__module__.partition(".")[0] in APPS
