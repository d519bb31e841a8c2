"""Are these the keys that the data was written with?"""

from careerforge.vault.keys import KeyProblem, KeyRing
from careerforge.vault.models import KeyFingerprint


def check(ring: KeyRing) -> None:
    """Refuse keys that are missing or differ from those on record; remember new ones.

    Raises:
        KeyProblem: in words for the administrator.
    """
    known = {(f.purpose, f.number): f.fingerprint for f in KeyFingerprint.objects.all()}
    here = ring.fingerprints()
    for key, fingerprint in known.items():
        if key not in here:
            raise KeyProblem(
                f"The key '{key[0]}-{key[1]}' that this data was written with is missing. "
                "Restore the keys folder from your backup; without it the personal data cannot be read."
            )
        if here[key] != fingerprint:
            raise KeyProblem(
                f"The key '{key[0]}-{key[1]}' is not the one this data was written with. "
                "Restore the keys folder that belongs to this database."
            )
    KeyFingerprint.objects.bulk_create(
        KeyFingerprint(purpose=purpose, number=number, fingerprint=fingerprint)
        for (purpose, number), fingerprint in here.items()
        if (purpose, number) not in known
    )
