"""The one permission table of Django admin: kind of admin × model × action. What is not here is refused."""

from collections.abc import Iterable, Mapping

VIEW = frozenset({"view"})
EDIT = frozenset({"view", "add", "change"})
ALL = frozenset({"view", "add", "change", "delete"})

TABLE: Mapping[str, Mapping[str, frozenset[str]]] = {
    "admin-hr": {
        "people.user": EDIT,
        "people.team": ALL,
        "people.teammembership": ALL,
        "people.assignment": ALL,
        "people.position": ALL,
        "people.jobtitle": EDIT,
        "governance.auditevent": VIEW,
        # Only of sources that they may read.
        "knowledge.heldversion": VIEW | {"release"},
        # Counts and states; no person and no text.
        "assistant.review": VIEW,
        "assistant.reviewsetting": EDIT,
        "assistant.helpcontact": ALL,
    },
    "admin-platform": {
        "connectors.connection": ALL,
        "connectors.syncrun": VIEW,
        "connectors.syncproblem": VIEW,
        "knowledge.document": VIEW,
        "market.posting": VIEW,
        "knowledge.heldversion": VIEW | {"release"},
        "knowledge.indexgeneration": VIEW | {"change"},
        "jobs.jobrun": VIEW | {"retry"},
        "gateway.modelcall": VIEW,
        "gateway.offer": ALL,
        "gateway.limit": ALL,
        "gateway.functionswitch": ALL,
        "gateway.forbiddenregion": ALL,
        "gateway.breaker": VIEW | {"change"},
        "gateway.notice": VIEW | {"change"},
        "gateway.spend": VIEW,
        "tenancy.organisation": frozenset({"view", "change"}),
        "assistant.review": VIEW,
        "assistant.promptversion": VIEW,
        "assistant.goldenrun": VIEW | {"ask"},
    },
    "admin-org": {
        "skills.practice": EDIT,
        "skills.practicelevel": ALL,
        "skills.skill": EDIT,
        "skills.alias": ALL,
        "skills.prerequisite": ALL,
        "skills.neighbour": ALL,
        "skills.role": EDIT,
        "skills.rolealias": ALL,
        "skills.requirement": ALL,
        "skills.framework": VIEW,
        "skills.release": VIEW | {"decide"},
        "skills.mapping": VIEW | {"decide"},
        # Only of sources that they may read.
        "market.posting": VIEW,
    },
    "admin-lnd": {
        "learning.resource": EDIT,
        "learning.course": frozenset({"view", "change"}),
        "assistant.promptversion": EDIT,
        "assistant.goldenquestion": EDIT,
        "assistant.goldenrun": VIEW | {"ask"},
        "assistant.goldenbar": EDIT,
    },
}


def allows(kinds: Iterable[str], permission: str) -> bool:
    """Whether any of the kinds may do ``"app.action_model"``, Django's name for a permission."""
    app_label, _, code = permission.partition(".")
    action, _, model = code.partition("_")
    return any(action in TABLE.get(kind, {}).get(f"{app_label}.{model}", frozenset()) for kind in kinds)


def allows_any(kinds: Iterable[str], app_label: str) -> bool:
    """Whether any of the kinds may do anything in an app."""
    return any(name.startswith(f"{app_label}.") for kind in kinds for name in TABLE.get(kind, {}))
