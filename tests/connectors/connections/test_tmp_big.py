import time
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from careerforge.knowledge.models import *
from connectors import connecting
from tests.connectors.connections.site import synchronise, numbers
def test_big(site, connect, platform):
    c = connect(kind="json")
    words = "Data engineers build pipelines with Airflow and dbt and keep them honest by tests. " * 12
    site.json([{"id": n, "title": f"Job {n}", "body": f"{n} {words}\n\n{words} {n}"} for n in range(4000)])
    t=time.monotonic(); r=synchronise(c); print("SYNC", numbers(r), time.monotonic()-t, Chunk.objects.count())
    database.check_constraints()
    with CaptureQueriesContext(database) as q:
        t=time.monotonic(); connecting.remove(platform, c); database.check_constraints(); print("REMOVE", time.monotonic()-t, len(q))
    for x in q.captured_queries: print("Q", x["time"], x["sql"][:100])
    print("LEFT", [m.objects.count() for m in (Collection, Document, DocumentVersion, Chunk, Posting, ChunkVector)])
    assert 0
