"""Releases small enough to know by heart, in the shape their publishers give them."""

import gzip
import json
from pathlib import Path
from typing import Any

ESCO = "http://data.europa.eu/esco"
BAKER, POTTER = f"{ESCO}/occupation/b1", f"{ESCO}/occupation/p1"
KNEAD, GLAZE, THROW = (f"{ESCO}/skill/{each}" for each in ("k1", "g1", "t1"))


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, "utf-8")
    return path


def tabbed(*rows: tuple[str, ...]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


def onet(folder: Path, *, ours: bool = False) -> Path:
    """Two occupations, with a table of each kind."""

    def table(name: str, *rows: tuple[str, ...]) -> None:
        spelt = f"{name.replace(',', '').replace(' ', '_')}.tsv.gz" if ours else f"{name}.txt"
        write(folder, spelt, tabbed(*rows))

    code = "O*NET-SOC Code"
    table(
        "Occupation Data",
        (code, "Title", "Description"),
        ("51-0001.00", "Bakers", "Bake bread."),
        ("51-0002.00", "Potters", "Make pots."),
    )
    table(
        "Alternate Titles",
        (code, "Alternate Title", "Short Title", "Source(s)"),
        ("51-0001.00", "Bread Baker", "n/a", "01"),
        ("51-0001.00", "Chief Oven Officer", "COO", "01"),
        ("51-0002.00", "Ceramicist", "", "01"),
    )
    table(
        "Sample of Reported Titles",
        (code, "Reported Job Title", "Shown in My Next Move"),
        ("51-0002.00", "Ceramicist", "Y"),
    )
    rating = (code, "Element ID", "Element Name", "Scale ID", "Data Value", "Recommend Suppress",
              "Not Relevant")  # fmt: skip
    table(
        "Skills",
        rating,
        ("51-0001.00", "2.A.1", "Timing", "IM", "4.5", "N", "n/a"),
        ("51-0001.00", "2.A.1", "Timing", "LV", "3.2", "N", "N"),
        ("51-0002.00", "2.A.1", "Timing", "IM", "2.1", "N", "n/a"),
    )
    table("Knowledge", rating, ("51-0002.00", "2.C.1", "Chemistry", "IM", "3.4", "N", "n/a"))
    table(
        "Technology Skills",
        (code, "Example", "Commodity Code", "Commodity Title", "Hot Technology", "In Demand"),
        ("51-0001.00", "OvenPlan", "4323", "Planning software", "Y", "Y"),
    )
    table(
        "Related Occupations",
        (code, "Related O*NET-SOC Code", "Relatedness Tier", "Index"),
        ("51-0001.00", "51-0002.00", "Primary-Short", "1"),
    )
    table("Task Statements", (code, "Task ID", "Task"), ("51-0001.00", "1", "Knead dough."))
    table("Job Zones", (code, "Job Zone", "Date"), ("51-0001.00", "2", "08/2023"))
    table(
        "Education, Training, and Experience",
        (code, "Scale ID", "Category", "Data Value"),
        ("51-0001.00", "RL", "2", "60.0"),
        ("51-0001.00", "RL", "6", "40.0"),
    )
    return folder


OCCUPATIONS = (
    "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,description,code\n"
)
SKILLS = (
    "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,description\n"
)


def esco(folder: Path, **names: str) -> Path:
    """Two occupations and three skills in English and German; ``names`` replaces preferred labels."""
    baker, potter = names.get("baker", "baker"), names.get("potter", "potter")
    write(
        folder,
        "occupations_en.csv",
        f'{OCCUPATIONS}Occupation,{BAKER},7512,{baker},"bread maker\noven hand",,released,Bakes.,7512.1\n'
        f"Occupation,{POTTER},7314,{potter},ceramicist,poter,released,Pots.,7314.1\n",
    )
    write(
        folder,
        "occupations_de.csv",
        f"{OCCUPATIONS}Occupation,{BAKER},7512,Bäcker,Brotbäcker,,released,Backt.,7512.1\n",
    )
    write(
        folder,
        "skills_en.csv",
        f"{SKILLS}Skill,{KNEAD},skill/competence,sector-specific,knead dough,work dough,,released,Kneads.\n"
        f"Skill,{GLAZE},skill/competence,sector-specific,glaze pots,,,released,Glazes.\n"
        f"Skill,{THROW},skill/competence,sector-specific,throw pots,,,released,Throws.\n",
    )
    write(
        folder,
        "occupationSkillRelations_en.csv",
        "occupationUri,relationType,skillType,skillUri\n"
        f"{BAKER},essential,skill,{KNEAD}\n{POTTER},optional,skill,{GLAZE}\n",
    )
    return folder


def case(path: Path, items: list[dict[str, Any]], links: list[tuple[str, str, str]] = ()) -> Path:  # type: ignore[assignment]
    """A package with a licence; ``links`` are (origin, kind, destination)."""
    package = {
        "CFDocument": {
            "identifier": "d-1",
            "title": "Craft",
            "creator": "Guild of Makers",
            "version": "2",
            "language": "en",
            "licenseURI": {"identifier": "l-1", "title": "CC", "uri": "https://licence.example/by"},
        },
        "CFItems": items,
        "CFAssociations": [
            {
                "identifier": f"a-{n}",
                "associationType": kind,
                "originNodeURI": {"identifier": origin},
                "destinationNodeURI": {"identifier": target},
            }
            for n, (origin, kind, target) in enumerate(links)
        ],
        "CFDefinitions": {"CFLicenses": [{"identifier": "l-1", "title": "Craft licence"}]},
    }
    return write(path.parent, path.name, json.dumps(package))
