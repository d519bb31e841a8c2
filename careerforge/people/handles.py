"""Handles: two words and four digits in place of a name. Stored once, never derived from the person."""

import random
from collections.abc import Callable

_ADJECTIVES = """
Amber Ample Azure Bold Brave Brief Bright Brisk Broad Calm Candid Cedar Civic Clear Clever Coastal Copper
Coral Crisp Daily Deft Distant Eager Early Earnest Even Fair Fern Firm Fleet Fluent Frank Fresh Gentle Glad
Golden Grand Green Handy Hardy Hazel Honest Humble Ideal Indigo Ivory Jade Jolly Keen Kind Level Light
Lively Loyal Lucid Lunar Maple Mellow Merry Mild Misty Modest Mossy Nimble Noble Northern Oaken Olive Open
Patient Plain Polar Prime Prompt Proud Quick Quiet Rapid Ready Rosy Royal Sandy Serene Sharp Silent Silver
Smooth Solar Solid Spruce Stable Steady Sterling Still Sunny Swift Teal Tidal Tidy Timely Tranquil True
Upbeat Valid Velvet Vivid Warm Willing Windy Wise
"""
_ANIMALS = """
Albatross Alpaca Avocet Badger Beaver Bison Bittern Bobcat Buffalo Bustard Buzzard Caribou Chamois Cormorant
Cougar Crane Curlew Deer Dipper Dolphin Dove Dunlin Eagle Egret Eider Elk Ermine Falcon Ferret Finch Fox
Gannet Gazelle Gecko Goose Grebe Grouse Gull Hare Harrier Hawk Hedgehog Heron Hoopoe Ibex Ibis Jackdaw Jay
Kestrel Kingfisher Kite Koala Lapwing Lark Lemur Linnet Llama Lynx Magpie Mallard Marmot Marten Martin
Merlin Mole Moose Newt Nightjar Nuthatch Ocelot Oriole Osprey Otter Owl Panda Partridge Pelican Petrel
Pheasant Pika Pipit Plover Puffin Puma Quail Rabbit Raven Redstart Robin Rook Salmon Sandpiper Seal Shrew
Siskin Skylark Snipe Sparrow Squirrel Starling Stoat Stork Swallow Swan Swift Tapir Teal Tern Thrush Turtle
Vole Wagtail Walrus Warbler Waxwing Weasel Whimbrel Wigeon Wolf Wombat Wren Yak Zebra
"""
ADJECTIVES = _ADJECTIVES.split()
ANIMALS = _ANIMALS.split()

_system = random.SystemRandom()


def draw(is_taken: Callable[[str], bool], chance: random.Random = _system) -> str:
    """A handle that nobody has: "Quiet Heron 4172".

    Args:
        is_taken: asks whether a handle is in use for this audience.
    """
    while True:
        handle = f"{chance.choice(ADJECTIVES)} {chance.choice(ANIMALS)} {chance.randrange(10_000):04d}"
        if not is_taken(handle):
            return handle
