"""One lock for going live with anything: what one change proves rests on everything else that is live."""

from django.db import connection

LOCK = "what is live"


def hold_live() -> None:
    """Until the transaction ends, nobody else makes a prompt, a model or an index generation live.

    Taken before the verdict is read, and before any other lock: of two at once the second looks at what the
    first has made live. Generations are the installation's, so the lock is too.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])
