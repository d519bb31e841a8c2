from careerforge.knowledge.retrieval import search
from careerforge.knowledge.models import *
Q="Which two skills should they build first for a senior data engineer role, and why?"
def test_x(coach, senior, library):
    print(Collection.objects.values("name","passages"), Chunk.objects.values_list("text",flat=True))
    for q in ["batch orchestration","batch orchestration python",Q,Q+" Batch orchestration Python", Q+" Batch orchestration ETL pipelines", "Which two skills batch orchestration python"]: print(len(search(coach,q,limit=12)),q)
    assert 0
