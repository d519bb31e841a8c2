"""The people of the demo company as ``people.toml`` tells them: pure, nothing is stored here."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from careerforge.gateway.folding import fold
from careerforge.people.identity import Person

FILE = Path(__file__).with_name("people.toml")
MAIL = "tarnvale.example"

# Source of a claim → kind of evidence, and who vouches for it where the file names nobody else.
USUAL = {
    "self": ("statement", ""),
    "peer": ("confirmation", "Colleagues"),
    "coach": ("confirmation", "Coaching"),
    "manager": ("confirmation", "Line management"),
    "certificate": ("certificate", "Examination board"),
    "course": ("course", "Learning platform"),
    "project": ("project", "Project record"),
}


@dataclass(frozen=True)
class Told:
    """One claim about a person; ``age`` of its evidence in days."""

    skill: str
    level: int
    source: str
    confidence: float
    age: int
    line: str
    kind: str
    issuer: str


@dataclass(frozen=True)
class Held:
    """A position: role, level, and from and until in days ago (None: held now)."""

    role: str
    level: int
    since: int
    until: int | None = None


@dataclass(frozen=True)
class Someone:
    """One person of the company. ``account`` is empty for colleagues who cannot sign in."""

    person: Person
    account: str
    kinds: tuple[str, ...]
    practice: str
    seniority: int
    years: int
    region: str
    hours: int
    team: str
    leads: tuple[str, ...]
    coach: str
    target: str
    path: str
    skips: str
    positions: tuple[Held, ...]
    claims: tuple[Told, ...]

    @property
    def number(self) -> str:
        """The employee number, by which the file refers to people."""
        return self.person.employee_number


@dataclass(frozen=True)
class Unit:
    """A team: its name, the team above it and the account that leads it, each empty for none."""

    name: str
    parent: str
    manager: str


@dataclass(frozen=True)
class Cover:
    """A coach who stands in for another, from and until in days from today."""

    coach: str
    number: str
    starts: int
    ends: int


@dataclass(frozen=True)
class Company:
    """Everybody, their teams, and who stands in for whom. Parents come before their teams."""

    people: tuple[Someone, ...]
    teams: tuple[Unit, ...]
    covers: tuple[Cover, ...]

    @property
    def accounts(self) -> tuple[Someone, ...]:
        """Those who can sign in."""
        return tuple(one for one in self.people if one.account)


@cache
def company() -> Company:
    """The file, read once."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Company(
        people=tuple(map(_someone, told["people"])),
        teams=tuple(Unit(t["name"], t.get("parent", ""), t.get("manager", "")) for t in told["teams"]),
        covers=tuple(Cover(c["coach"], c["number"], c["from"], c["until"]) for c in told["covers"]),
    )


def _someone(row: Mapping[str, Any]) -> Someone:
    work, contact = row["work"], row["contact"]
    return Someone(
        person=Person(
            name=row["name"],
            email=f"{'.'.join(map(fold, row['name'].split()))}@{MAIL}",
            city=contact["city"],
            phone=contact["phone"],
            employee_number=contact["number"],
        ),
        account=row.get("account", ""),
        kinds=tuple(row.get("kinds", ["employee"])),
        practice=work.get("practice", ""),
        seniority=work.get("seniority", work.get("level", 2)),
        years=work["years"],
        region=work["region"],
        hours=work.get("hours", 3),
        team=work["team"],
        leads=tuple(row.get("leads", [])),
        coach=work.get("coach", ""),
        target=work.get("target", ""),
        path=row.get("path", ""),
        skips=row.get("skips", ""),
        positions=tuple(_positions(row)),
        claims=tuple(_told(*claim) for claim in row.get("claims", [])),
    )


def _positions(row: Mapping[str, Any]) -> list[Held]:
    work = row["work"]
    now = [Held(work["role"], work["level"], work["since"])] if "role" in work else []
    return [*now, *(Held(*earlier) for earlier in row.get("earlier", []))]


def _told(
    skill: str, level: int, source: str, confidence: float, age: int, line: str, issuer: str = ""
) -> Told:
    kind, usual = USUAL[source]
    return Told(skill, level, source, confidence, age, line, kind, issuer or usual)
