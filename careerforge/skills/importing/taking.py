"""An import from its files into a framework, or into a release that waits for a person."""

from dataclasses import dataclass
from datetime import datetime

from careerforge.governance import audit
from careerforge.skills.crosswalk import following
from careerforge.skills.importing import applying, comparing, keeping, quality, staging
from careerforge.skills.importing.comparing import Figures
from careerforge.skills.importing.rows import About, Source, Unusable
from careerforge.skills.models import Framework, Release

LONGEST_VERSION = 80
OPEN = (Release.State.WAITING, Release.State.ACCEPTED)


@dataclass(frozen=True)
class Taken:
    """What came of an import.

    Attributes:
        release: None when the framework was like this already.
        written: how many rows each step wrote; empty while somebody has to decide.
    """

    framework: Framework
    about: About
    release: Release | None
    figures: Figures
    doubts: tuple[str, ...]
    missing: tuple[str, ...]
    problems: tuple[str, ...]
    written: dict[str, int]

    @property
    def waits(self) -> bool:
        """Nothing has changed yet."""
        return self.release is not None and self.release.state == Release.State.WAITING


def take(source: Source, now: datetime) -> Taken:
    """Read a source to its end and write what differs, in the open organisation's transaction.

    An import that would rename, merge or retire concepts, or that is of doubtful quality, is kept instead
    and waits; one that waited before it is dropped for it.

    Raises:
        Unusable: there is nothing in it, or another import of the framework is going in, or what its release
            is called is too long.
    """
    if len(source.about.version) > LONGEST_VERSION:
        raise Unusable(f"What the release is called is longer than {LONGEST_VERSION} letters. Shorten it.")
    framework = _framework(source)
    before = list(framework.languages) if framework.changed_at else []
    first = framework.changed_at is None
    kept = keeping.Kept(staging.batches(source.rows))
    brought = staging.fill(kept)
    problems = tuple(source.problems.sentences())
    if not brought["concepts"]:
        raise Unusable(" ".join(["There is not one concept in it.", *problems[:3]]))
    figures = comparing.compare(framework.pk, brought)
    counts = source.problems.counts
    doubts = tuple(quality.doubts(figures, counts, before, source.about.languages))
    release: Release | None = None
    written: dict[str, int] = {}
    if figures.differs:
        release = _release(framework, source, figures, doubts, problems)
        comparing.note(release, first=first)
    if release is not None and (doubts or figures.moves):
        kept.store(release)
        audit.record(None, "taxonomy.waits", target=release, concepts=figures.concepts)
    else:
        written = _apply(framework, source, now)
        if release is not None:
            _applied(release, now)
        elif any(written.values()):
            audit.record(None, "taxonomy.described", target=framework)
    staging.forget()
    return Taken(framework, source.about, release, figures, doubts, source.missing, problems, written)


def _framework(source: Source) -> Framework:
    about = source.about
    found, _ = Framework.objects.get_or_create(
        key=about.key, defaults={"scheme": about.scheme, "title": about.title}
    )
    if found.releases.filter(state=Release.State.ACCEPTED).exists():
        raise Unusable("An import of this framework was accepted and is going in. Try again in a minute.")
    return found


def _release(
    framework: Framework, source: Source, figures: Figures, doubts: tuple[str, ...], problems: tuple[str, ...]
) -> Release:
    for old in framework.releases.filter(state=Release.State.WAITING):
        old.state = Release.State.DROPPED
        old.save(update_fields=["state"])
        old.parts.all().delete()
        audit.record(None, "taxonomy.superseded", target=old)
    return Release.objects.create(
        framework=framework,
        version=source.about.version,
        about=source.about.as_fields(),
        figures=figures.as_dict(),
        missing=list(source.missing),
        problems=list(problems),
        doubts=list(doubts),
    )


def _apply(framework: Framework, source: Source, now: datetime) -> dict[str, int]:
    written = applying.apply(framework, source.about, now)
    written["mappings"] = following.follow(framework, applying.merges(framework.pk))
    return written


def _applied(release: Release, now: datetime) -> None:
    release.state = Release.State.APPLIED
    release.decided_at = now
    release.save(update_fields=["state", "decided_at"])
    audit.record(None, "taxonomy.imported", target=release, concepts=release.figures["concepts"])
