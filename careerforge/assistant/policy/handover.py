"""Questions that a person answers and no program: which they are, and whom the company has named for them."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from careerforge.assistant.models.contacts import HelpContact, Topic
from careerforge.assistant.policy import links, topics
from careerforge.tenancy.models import Organisation

# What a telephone understands; an extension or a note beside a number is none.
_NUMBER = re.compile(r"\+?[\d ()/.-]{3,40}")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to, as the company has written it down.

    What may be followed is made here, of parts that hold nothing else than what they should.
    """

    words: str
    phone: str = ""
    mail: str = ""
    link: str = ""
    hours: str = ""

    @property
    def dials(self) -> str:
        """An address that calls the number; empty when it is not a number alone."""
        return "tel:" + re.sub(r"[^\d+]", "", self.phone) if _NUMBER.fullmatch(self.phone) else ""

    @property
    def writes(self) -> str:
        """An address that opens a mail; empty when it is no address alone."""
        return f"mailto:{self.mail}" if _ADDRESS.fullmatch(self.mail) else ""

    @property
    def leads(self) -> str:
        """The web page, if it is one."""
        return links.live(self.link, {self.link})

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


def out_of_scope(question: str, organisation: Organisation, for_another: bool = False) -> Handover | None:
    """Whether a question is for a person, and for whom; None when the assistant may look at it.

    Args:
        for_another: who asks is not who it is about, such as a coach.

    Asked before anything else is done with a question. One query when it is for a person, none otherwise;
    nothing is written anywhere.
    """
    topic = topics.topic_of(question)
    if topic is None:
        return None
    found = HelpContact.objects.filter(topic=topic)
    contacts = tuple(Contact(one.words, one.phone, one.mail, one.link, one.hours) for one in found)
    said = topics.text(topic, for_another)
    return Handover(topic, said, contacts, "" if contacts else _nobody(topic, organisation))


def _nobody(topic: Topic, organisation: Organisation) -> str:
    if topic is Topic.CRISIS:
        said = _(
            "%(company)s has not named a contact for this here. If somebody is in danger now, call the "
            "emergency number of your country; otherwise talk to a doctor, to HR or to somebody you trust."
        )
    else:
        said = _("%(company)s has not named a contact for this here. Ask HR: they know who is in charge.")
    return said % {"company": organisation.name}
