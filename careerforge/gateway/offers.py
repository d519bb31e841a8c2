"""The models that a new company finds in its list, with the list prices of the day this was written."""

from careerforge.gateway.models import Offer

PROVIDER, STRENGTH = Offer.Provider, Offer.Strength
# Provider, for what, in which turn, model (empty: what the environment names), where it runs, and US dollars
# for a million tokens: in, out, from cache, to cache.
STANDARD = (
    (PROVIDER.ANTHROPIC, STRENGTH.SIMPLE, 10, "claude-haiku-4-5", "US", ("1", "5", "0.1", "1.25")),
    (PROVIDER.ANTHROPIC, STRENGTH.STRONG, 10, "", "US", ("3", "15", "0.3", "3.75")),
    (PROVIDER.PERPLEXITY, STRENGTH.SIMPLE, 20, "sonar", "US", ("1", "1", "1", "1")),
    (PROVIDER.PERPLEXITY, STRENGTH.STRONG, 20, "", "US", ("3", "15", "3", "3")),
    (PROVIDER.OPENAI, STRENGTH.SIMPLE, 30, "", "US", ("0.25", "2", "0.025", "0.25")),
    (PROVIDER.OPENAI, STRENGTH.STRONG, 30, "", "US", ("0.25", "2", "0.025", "0.25")),
    (PROVIDER.OLLAMA, STRENGTH.SIMPLE, 40, "", "own", ("0", "0", "0", "0")),
    (PROVIDER.OLLAMA, STRENGTH.STRONG, 40, "", "own", ("0", "0", "0", "0")),
)


def fill() -> int:
    """Give the open organisation the standard list if it has none; how many rows were made.

    A list that an administrator has emptied by switching everything off is left as it is.
    """
    if Offer.objects.exists():
        return 0
    rows = [
        Offer(
            provider=provider,
            strength=strength,
            place=place,
            model=model,
            data_region=region,
            input_price=prices[0],
            output_price=prices[1],
            cache_read_price=prices[2],
            cache_write_price=prices[3],
        )
        for provider, strength, place, model, region, prices in STANDARD
    ]
    Offer.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
