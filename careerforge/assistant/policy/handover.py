"""Questions that a person answers and no program: which they are, and whom the company has named for them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from careerforge.assistant.models.contacts import HelpContact, Topic
from careerforge.assistant.policy import topics
from careerforge.tenancy.models import Organisation


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to, as the company has written it down."""

    words: str
    phone: str = ""
    mail: str = ""
    link: str = ""
    hours: str = ""

    def __str__(self) -> str:
        reached = ", ".join(filter(None, (self.phone, self.mail, self.link)))
        return f"{self.words}: {reached}" + (f" ({self.hours})" if self.hours else "")


@dataclass(frozen=True, slots=True)
class Handover:
    """What is shown in place of an answer. Nobody else learns that it was.

    Attributes:
        text: two or three calm sentences.
        contacts: of the company, for this topic; there may be none.
        nobody: what is said when there is none; empty otherwise.
    """

    topic: Topic
    text: str
    contacts: tuple[Contact, ...] = ()
    nobody: str = ""

    @property
    def is_urgent(self) -> bool:
        """Whether somebody may be in danger."""
        return self.topic is Topic.CRISIS

    def __str__(self) -> str:
        lines = [self.text, self.nobody, *(f"- {contact}" for contact in self.contacts)]
        return "\n".join(filter(None, lines))


def is_urgent(question: str) -> bool:
    """Whether somebody may be in danger: no limit stands before what is said then. Pure."""
    return topics.topic_of(question) is Topic.CRISIS


def out_of_scope(question: str, organisation: Organisation) -> Handover | None:
    """Whether a question is for a person, and for whom; None when the assistant may look at it.

    Asked before anything else is done with a question. One query when it is for a person, none otherwise;
    nothing is written anywhere.
    """
    topic = topics.topic_of(question)
    if topic is None:
        return None
    found = HelpContact.objects.filter(topic=topic)
    contacts = tuple(Contact(one.words, one.phone, one.mail, one.link, one.hours) for one in found)
    return Handover(topic, topics.text(topic), contacts, "" if contacts else _nobody(topic, organisation))


def _nobody(topic: Topic, organisation: Organisation) -> str:
    if topic is Topic.CRISIS:
        said = _(
            "%(company)s has not named a contact for this here. If somebody is in danger now, call the "
            "emergency number of your country; otherwise talk to a doctor, to HR or to somebody you trust."
        )
    else:
        said = _("%(company)s has not named a contact for this here. Ask HR: they know who is in charge.")
    return said % {"company": organisation.name}
