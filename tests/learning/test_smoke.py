from datetime import UTC, datetime
from learning import path, target, progress, states, suggestions, gap
NOW = datetime(2026, 10, 20, tzinfo=UTC)
def test_smoke(owner, taxonomy, django_assert_max_num_queries):
    print([(s.role.title, s.score, s.nearest) for s in suggestions.suggest(owner, NOW.date())])
    target.choose(owner, taxonomy.roles["senior-data-engineer"], NOW)
    g = gap.gap(owner, taxonomy.roles["senior-data-engineer"], NOW.date())
    print(g.readiness, g.known_share, g.top())
    v = path.ensure(owner, NOW)
    print(v.summary)
    ns = path.nodes(v, owner)
    for n in ns: print(n.phase, n.position, n.title, n.hours, n.current_level, n.required_level, [r.text for r in n.reasons.all()])
    w = states.way(ns)
    print(w.next, w.share)
    assert path.ensure(owner, NOW) == v
    assert path.build(owner, taxonomy.roles["senior-data-engineer"], NOW) == v
