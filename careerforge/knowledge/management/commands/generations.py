from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from careerforge.knowledge.index import generations, graph
from careerforge.knowledge.models import IndexGeneration
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation


class Command(BaseCommand):
    """Runs as the database's owner, like ``migrate``."""

    help = (
        "Show the index generations, or do something with one: compare it with the live one on the "
        "questions, switch to it (or back), forget it, or build its graph at once after a first load. "
        "A new one for another model is made by create_generation, which every start runs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, and with which."""
        parser.add_argument("act", nargs="?", choices=["list", "compare", "switch", "forget", "graph"])
        parser.add_argument("number", nargs="?", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what came of it."""
        act = options["act"] or "list"
        if act == "list":
            self._list()
            return
        one = IndexGeneration.objects.filter(pk=options["number"]).first()
        if one is None:
            raise CommandError("There is no such generation; without arguments this command lists them.")
        getattr(self, f"_{act}")(one)

    def _list(self) -> None:
        for one in IndexGeneration.objects.order_by("pk"):
            self.stdout.write(
                f"{one.pk}  {one.embedder}  {one.dimensions}  {one.get_state_display().lower()}"
            )

    def _compare(self, one: IndexGeneration) -> None:
        found = generations.compared(one)
        self.stdout.write(
            f"{found.questions} questions. Live: {found.before:.0%} of the right passages in the first ten, "
            f"mean reciprocal rank {found.before_rank:.3f}. Generation {one.pk}: {found.after:.0%}, "
            f"{found.after_rank:.3f}. They agree on {found.agreement:.0%}."
        )

    def _switch(self, one: IndexGeneration) -> None:
        if why := generations.objection(one):
            raise CommandError(why)
        if not generations.is_complete(one):
            self.stdout.write(
                "It is incomplete: what it lacks is found by its words until the next indexing."
            )
        generations.make_live(one, by_hand=True)
        self.stdout.write(f"Searches use generation {one.pk} now. The one before is kept.")

    def _forget(self, one: IndexGeneration) -> None:
        if one.state == IndexGeneration.State.LIVE:
            raise CommandError("Searches use this one. Switch to another first.")
        self.stdout.write(f"Forgotten, with {generations.forget(one)} vectors.")

    def _graph(self, one: IndexGeneration) -> None:
        self.stdout.write(f"{graph.build(one)} vectors came into the graph.")
        waiting = 0
        for organisation in Organisation.objects.values_list("id", flat=True):
            with context.organisation(organisation):
                waiting += graph.waiting(one, 2**31 - 1)
        self.stdout.write(f"{waiting} are so few in their company that each is compared.")
