from uuid import UUID

from careerforge.vault.sealing import keyed_hash


def pseudo_id(organisation_id: UUID | None, user_id: UUID) -> str:
    """HMAC-SHA256 of organisation and user under a key outside the database: 32 hex digits.

    Different in each organisation, without order, and not to be guessed from an e-mail.
    """
    return keyed_hash("pseudonym", str(organisation_id), str(user_id)).hex()[:32]
