"""Names that nobody has and no dictionary holds, made of syllables; the same ones for the same chance."""

import random
from collections.abc import Iterator
from itertools import product

from careerforge.demo.cast import MAIL
from careerforge.people.identity import Person

GIVEN = (
    "Adel Bren Cesk Dovr Elst Fjor Gavr Hild Isol Jarm Kesz Lior Maev Nils Orf Pelk Quir Rosv Sael Tavr Ulv Vesn Wilb Xenj"
    " Ylv Zofj Anjk Bertr Cyrj Drag"
).split()
GIVEN_ENDS = "iana arik olte uvia esma inor ajda emil ukka isele andro etka ivor ulina oche".split()
FAMILY = (
    "Abrevk Bjelz Carvonz Dzieml Esterv Fagrh Gjerm Hrastn Iljuv Jankovr Kvarn Lindqv Morvath Nagyv Ostrz Pfluv Quarv Rzewn"
    " Skovh Tverd Ullmarv Vrband Wojt Xanthr Ystr Zubrz Achtm Brodzh Cieslv Dubrv Eijkm Fuglv Grabz Holzv Ivanz Jurczk"
).split()
FAMILY_MIDDLES = "a e i o u y ar el in os ul em".split()
FAMILY_ENDS = "wicz nsen lescu berg ashvili oglu rinen dottir quist rossi manian enko vidze svoll".split()
CITIES = (
    "Orlevik Skarnova Tesswald Marrenzo Vilquay Zorbekk Pelmarou Quistrad Lunvarre Drommelau Kestovia Aubrincourt Wyndrask"
    " Ferrolisk Jarmundo Nethersk Brivanne Holmeraud Cissovar Ulvenquist Dramolie Esporanz Grivelau Tornavisk"
).split()


def draw(chance: random.Random, first_number: int) -> Iterator[Person]:
    """Endless new people; their surnames do not repeat, employee numbers count up from ``first_number``."""
    families = ["".join(parts) for parts in product(FAMILY, FAMILY_MIDDLES, FAMILY_ENDS)]
    chance.shuffle(families)
    for place in range(10**9):
        again = place // len(families)
        family = families[place % len(families)] + ("ez" * again)
        given = chance.choice(GIVEN) + chance.choice(GIVEN_ENDS)
        yield Person(
            name=f"{given} {family}",
            email=f"{given}.{family}@{MAIL}".lower(),
            city=chance.choice(CITIES),
            phone=f"+999 30 {chance.randrange(1000):03d} {place % 10_000:04d}",
            employee_number=f"TV-{first_number + place}",
        )
