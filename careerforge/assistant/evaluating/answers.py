"""``manage evaluate answers``: the golden set, asked of what is live and with one thing changed.

Unlike its neighbours it reads the company's own questions, and keeps what came of it, so that the change can
go live by it.
"""

import re
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from careerforge.assistant.golden import Change, Desk, NotNow, gate, planning, queueing, running
from careerforge.assistant.golden.listing import of_name
from careerforge.assistant.models import GoldenResult, GoldenRun, PromptVersion
from careerforge.assistant.prompts import versions
from careerforge.assistant.prompts.declared import DECLARED
from careerforge.assistant.prompts.files import FRAME
from careerforge.gateway.models import Offer
from careerforge.knowledge.models import IndexGeneration
from careerforge.people.models import User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

# As providers write them: letters, digits and a few signs between them.
MODEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@-]{0,79}")
NAME, HELP = "answers", "the company's golden set: what is live beside a change"
Outcome = GoldenResult.Outcome


def add_arguments(parser: ArgumentParser) -> None:
    """What is changed; nothing measures what is live now."""
    parser.add_argument(
        "--prompt",
        default="",
        help="a file called as the prompt, such as advice.md, or a version: advice:3",
    )
    parser.add_argument(
        "--generation", type=int, help="number of an index generation, see manage generations"
    )
    parser.add_argument("--model", default="", help="provider:model, such as anthropic:claude-haiku-4-5")
    parser.add_argument("--company", default="", help="whose, where there is more than one")
    parser.add_argument("--json", action="store_true", help="said or not: it prints one line of JSON")


def measure(options: Mapping[str, Any]) -> dict[str, Any]:
    """Ask every question twice, keep the run, and say what is better and what is worse.

    Returns:
        ``questions``; ``live`` and ``change`` with ``right``, ``supported``, ``refused`` as shares and
        ``worded``, how many answers a model worded; ``better[]`` and ``worse[]``; ``standing`` and ``why``
        of the change; ``run``, its id.

    Raises:
        OSError: the prompt's file cannot be read.
        ValueError: a change that is not there, nobody to ask for, no question, a limit that is reached, or
            a model that never answered; in words.
    """
    organisation = _company(options.get("company") or "")
    now = timezone.now()
    with context.organisation(organisation.pk):
        change = _change(options)
        by = _by()
        planned = planning.cases(change)
    if not planned:
        raise ValueError(_("there are no golden questions about it yet: coaches mark answers as right"))
    try:
        run = running.ask_all(change, by, now, Desk(organisation.pk))
    except NotNow as limit:
        raise ValueError(_kept(str(limit))) from limit
    if change.models and not run.after["worded"]:
        said = _("%(model)s has answered nothing, so nothing is proven. The run is kept.")
        raise ValueError(said % {"model": change.models.named})
    with context.organisation(organisation.pk):
        return {**told(run), **_standing(change)}


def _kept(why: str) -> str:
    return _("%(why)s What is answered is kept: run it again to go on from there.") % {"why": why}


def told(run: GoldenRun) -> dict[str, Any]:
    """A run as it is printed."""
    named: dict[str, list[dict[str, str]]] = {Outcome.BETTER: [], Outcome.WORSE: []}
    rows = run.results.exclude(outcome=Outcome.SAME).select_related("golden").order_by("pk")
    for row in rows:
        named[row.outcome].append({"id": str(row.golden_id), "question": row.golden.question})
    return {
        "questions": run.before["questions"],
        "live": _figures(run.before),
        "change": _figures(run.after),
        "better": named[Outcome.BETTER],
        "worse": named[Outcome.WORSE],
        "run": str(run.pk),
    }


def _standing(change: Change) -> dict[str, str]:
    if not change:
        return {"standing": "live", "why": _("Nothing was changed.")}
    found = gate.verdict(change)
    return {"standing": found.standing, "why": found.why}


def _figures(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {name: kept[name] for name in ("right", "supported", "refused", "worded")}


def _change(options: Mapping[str, Any]) -> Change:
    prompt, text = _prompt(options.get("prompt") or "")
    generation, model = options.get("generation"), options.get("model") or ""
    if generation is not None and not IndexGeneration.objects.filter(pk=generation).exists():
        raise ValueError(_("there is no index generation %s") % generation)
    provider, _colon, name = model.partition(":")
    if model and not (MODEL.fullmatch(name) and provider in Offer.Provider):
        known = ", ".join(Offer.Provider.values)
        raise ValueError(_("a model is named as provider:model, with one of %s") % known)
    return Change(prompt, text, generation, of_name(provider, name) if model else None)


def _prompt(named: str) -> tuple[str, str]:
    """Name and text of a prompt, from a file or a version."""
    if not named:
        return "", ""
    name, _colon, number = named.partition(":")
    if number.isdecimal() and versions.is_known(name):
        version = PromptVersion.objects.filter(name=name, number=int(number)).first()
        if version is None:
            raise ValueError(_("%(name)s has no version %(number)s") % {"name": name, "number": number})
        return name, version.text
    path = Path(named)
    if not versions.is_known(path.stem):
        known = ", ".join([FRAME, *DECLARED])
        raise ValueError(_("no prompt is called “%(name)s”; there are: %(known)s")
                         % {"name": path.stem, "known": known})  # fmt: skip
    text = path.read_text(encoding="utf-8")
    if found := versions.faults(path.stem, text):
        raise ValueError(f"{path.name}: {found[0]}")
    return path.stem, text


def _by() -> User:
    """Somebody active to ask for, where whoever marked a question has left."""
    found = queueing.somebody()
    if found is None:
        raise ValueError(_("nobody here may ask: there is no active coach or administrator"))
    return found


def _company(name: str) -> Organisation:
    rows = Organisation.objects.filter(name=name) if name else Organisation.objects.all()
    found = list(rows[:2])
    if len(found) != 1:
        raise ValueError(_("name the company with --company") if not name else _("no company is called so"))
    return found[0]
