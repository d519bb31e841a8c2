"""A small lexicon, and what is found with it, by name."""

from uuid import uuid4

from careerforge.skills.extraction import Lexicon, Named, extract

# Skill → its other names, "de:" before those in another language than English.
SKILLS = {
    "Python": ["CPython"],
    "Python for data": [],
    "Java": [],
    "JavaScript": ["JS"],
    "Go": ["Golang"],
    "R": [],
    "C": [],
    "C++": [],
    "C#": ["csharp"],
    ".NET": ["dotnet"],
    "Node.js": ["NodeJS"],
    "Excel": ["Microsoft Excel"],
    "React": [],
    "Spring Boot": ["Spring"],
    "Swift": [],
    "SQL": [],
    "PostgreSQL": ["Postgres"],
    "Kubernetes": ["K8s"],
    "Terraform": [],
    "Continuous delivery": ["CI/CD", "deployment pipelines"],
    "Back-end design": ["backend"],
    "Project management": ["de:Projektleitung", "managing projects"],
    "Research and development": ["R&D"],
}
IDS = {name: uuid4() for name in SKILLS}
NAMES = {skill: name for name, skill in IDS.items()}


def named(skill, text):
    """ "de:Projektleitung" is a name in German."""
    language, _, words = text.rpartition(":")
    return Named(IDS[skill], words, language or "en")


LEXICON = Lexicon(
    name
    for skill, others in SKILLS.items()
    for name in (Named(IDS[skill], skill, main=True), *(named(skill, each) for each in others))
)


def mentions(text, **options):
    return extract(text, LEXICON, **options)


def found(text, **options):
    """Names of the skills that a text names and does not deny, in its order."""
    return [NAMES[one.skill_id] for one in mentions(text, **options) if not one.negated]


def levels(text, **options):
    return {NAMES[one.skill_id]: one.level for one in mentions(text, **options)}
