"""Who gets where: the written policy that every route is held against.

A ROUTE OF YOURS FAILS THE SUITE UNTIL IT HAS A ROW HERE.

* A page: add ``"namespace:name": Rule(may={…}, kwargs=…)`` to ``PAGES``; an operation of the API: its
  function's name, to ``API``. Pages of the administration need none: ``people/permissions.py`` is theirs.
* ``may`` lists the roles that get through. Everybody else gets 404, strangers the sign-in page (API: 401).
* ``kwargs`` names the object asked for. It belongs to the *owner*, so ``teammate`` is "another employee",
  ``other_coach`` is "somebody else's coach" and ``foreigner`` is another company.
* ``method`` and ``body``: how the route is asked. A body that is refused as incomplete (422) got through.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.security.world import World

EMPLOYEES = frozenset({"owner", "teammate", "outsider"})
COACHES = frozenset({"coach", "other_coach"})
ADMINS = frozenset({"admin_hr", "admin_platform", "admin_org", "admin_lnd"})
COMPANY = EMPLOYEES | COACHES | ADMINS | {"manager"}
SIGNED_IN = COMPANY | {"foreigner"}
EVERYBODY = SIGNED_IN | {"anonymous"}
ROLES = sorted(EVERYBODY)


@dataclass(frozen=True)
class Rule:
    """One row of the policy."""

    may: frozenset[str]
    kwargs: Callable[[World], dict[str, Any]] = lambda world: {}
    method: str = "GET"
    body: dict[str, Any] = field(default_factory=dict)
    # What those get who may not, where it is not 404.
    denied: int = 404


def the(name: str, **attributes: str) -> Callable[[World], dict[str, Any]]:
    """``kwargs`` of one id: ``the("step_id", step="pk")``."""
    ((thing, attribute),) = attributes.items()
    return lambda world: {name: getattr(getattr(world, thing), attribute)}


PAGES = {
    "learning:path": Rule(SIGNED_IN),  # Who is no employee is led to their own portal.
    "learning:build": Rule(EMPLOYEES | {"foreigner"}, method="POST"),
    "learning:words": Rule(EMPLOYEES | {"foreigner"}),
    "learning:ask_words": Rule(EMPLOYEES | {"foreigner"}, method="POST"),
    "learning:by_rules": Rule(EMPLOYEES | {"foreigner"}, method="POST"),
    "learning:cancel_words": Rule(frozenset({"owner"}), the("draft_id", draft="pk"), "POST"),
    "learning:changes": Rule(EMPLOYEES | {"foreigner"}),
    "learning:take": Rule(frozenset({"owner"}), the("draft_id", draft="pk"), "POST", {"do": "take"}),
    "learning:step": Rule(frozenset({"owner"}), the("step_id", step="pk"), "POST", {"do": "start"}),
    "learning:skills": Rule(EMPLOYEES | {"foreigner"}),
    "learning:refresh": Rule(EMPLOYEES | {"foreigner"}, method="POST"),
    "learning:accept": Rule(frozenset({"owner"}), the("suggestion_id", suggestion="pk"), "POST"),
    "learning:hours": Rule(EMPLOYEES | {"foreigner"}, method="POST", body={"hours": "5"}),
    "learning:keep": Rule(EMPLOYEES | {"foreigner"}, method="POST"),
    "learning:tell": Rule(EMPLOYEES, method="POST", body={"skill": "sql"}),
    "learning:take_back": Rule(EMPLOYEES, method="POST", body={"skill": "sql"}),
    "learning:put_back": Rule(frozenset({"owner"}), the("claim_id", taken_back="pk"), "POST"),
    "learning:roles": Rule(SIGNED_IN),
    "learning:choose": Rule(EMPLOYEES, lambda world: {"slug": "data-engineer"}, "POST"),
    "learning:role": Rule(COMPANY, lambda world: {"slug": "data-engineer"}),
    "assistant:sent": Rule(EMPLOYEES | {"foreigner"}),
    "assistant:sent_text": Rule(frozenset({"owner"}), the("row_id", sent="pk")),
    "assistant:sent_file": Rule(frozenset({"owner"}), the("row_id", sent="pk")),
    "coaching:people": Rule(COACHES),
    "coaching:person": Rule(frozenset({"coach"}), lambda world: {"pseudo_id": world.pseudo_id}),
    "coaching:golden": Rule(COACHES),
    "coaching:golden_pick": Rule(COACHES),
    "coaching:golden_retire": Rule(COACHES, the("golden_id", golden="pk"), "POST"),
    # Of an advice of their own; here there is none.
    "coaching:golden_mark": Rule(frozenset(), the("advice_id", golden="pk")),
    "coaching:reviews": Rule(COACHES),
    "coaching:take_reviews": Rule(COACHES, method="POST"),
    "coaching:review": Rule(frozenset({"coach"}), the("review_id", review="pk")),
    "assistant:feedback": Rule(
        frozenset({"coach"}),
        lambda world: {"kind": "advice", "result_id": world.advice.pk},
        "POST",
        {"thumb": "up"},
    ),
    "coaching:team": Rule(frozenset({"manager"})),
    "coaching:chat": Rule(EMPLOYEES | {"foreigner"}),
    "coaching:conversation": Rule(frozenset({"owner"}), the("conversation_id", conversation="pk")),
    "coaching:delete_conversation": Rule(
        frozenset({"owner"}), the("conversation_id", conversation="pk"), "POST"
    ),
    "coaching:restore_conversation": Rule(
        frozenset({"owner"}), the("conversation_id", thrown_away="pk"), "POST"
    ),
    "coaching:message_events": Rule(frozenset({"owner"}), the("message_id", message="pk")),
    "coaching:stop_message": Rule(frozenset({"owner"}), the("message_id", message="pk"), "POST"),
    "coaching:ask_again": Rule(frozenset({"owner"}), the("message_id", message="pk"), "POST"),
    "knowledge:search": Rule(COACHES | ADMINS),
    "knowledge:document": Rule(COMPANY, the("document_id", document="pk")),
    "knowledge:changes": Rule(COMPANY, the("document_id", document="pk")),
    "jobs:task": Rule(frozenset({"owner"}), the("run_id", task="pk")),
    "people:welcome": Rule(EVERYBODY, lambda world: {"token": world.link}),
    "help": Rule(SIGNED_IN),
    "account_login": Rule(EVERYBODY),
    "account_logout": Rule(EVERYBODY),
    "account_inactive": Rule(EVERYBODY),
    # Those of the cast without a password have nothing to confirm with.
    "account_reauthenticate": Rule(
        frozenset({"owner", "outsider", "coach", "manager", "foreigner"}), denied=403
    ),
    "account_change_password": Rule(SIGNED_IN),
    "account_reset_password": Rule(EVERYBODY),
    "healthz": Rule(EVERYBODY),
    "readyz": Rule(EVERYBODY),
    "metrics": Rule(EVERYBODY),
}

_CONNECTOR = the("connector_id", connection="pk")
_PLATFORM = frozenset({"admin_platform"})
_FEED = {"name": "B", "kind": "feed", "location": "not an address"}

# The foreigner's company has no role to go to.
API = {
    "learning_path": Rule(EMPLOYEES),
    "change_node": Rule(frozenset({"owner"}), the("node_id", step="pk"), "PATCH", {"status": "in_progress"}),
    "refresh_path": Rule(EMPLOYEES, method="POST"),
    "skill_gap": Rule(EMPLOYEES),
    "refresh_gap": Rule(EMPLOYEES | {"foreigner"}, method="POST"),
    "role_suggestions": Rule(EMPLOYEES | {"foreigner"}),
    "refresh_suggestions": Rule(EMPLOYEES | {"foreigner"}, method="POST"),
    "accept_suggestion": Rule(frozenset({"owner"}), the("suggestion_id", suggestion="pk"), "POST"),
    "give_feedback": Rule(SIGNED_IN, method="POST"),
    "employees": Rule(COACHES),
    "employee_gap": Rule(frozenset({"coach"}), lambda world: {"pseudo_id": world.pseudo_id}),
    "ask": Rule(
        frozenset({"coach"}), lambda world: {"pseudo_id": world.pseudo_id}, "POST", {"question": "What next?"}
    ),
    "begin_chat": Rule(EMPLOYEES | {"foreigner"}, method="POST"),
    "ask_in_chat": Rule(
        frozenset({"owner"}), the("conversation_id", conversation="pk"), "POST", {"question": "What next?"}
    ),
    "chat_message": Rule(frozenset({"owner"}), the("message_id", message="pk")),
    "chat_events": Rule(frozenset({"owner"}), the("message_id", message="pk")),
    "list_connectors": Rule(_PLATFORM, denied=403),
    "add_connector": Rule(_PLATFORM, method="POST", body=_FEED, denied=403),
    "read_connector": Rule(_PLATFORM, _CONNECTOR, denied=403),
    "change_connector": Rule(_PLATFORM, _CONNECTOR, "PUT", _FEED, denied=403),
    "remove_connector": Rule(_PLATFORM, _CONNECTOR, "DELETE", denied=403),
    "sync_connector": Rule(_PLATFORM, _CONNECTOR, "POST", denied=403),
    "pause_connector": Rule(_PLATFORM, _CONNECTOR, "POST", denied=403),
    "resume_connector": Rule(_PLATFORM, _CONNECTOR, "POST", denied=403),
    "list_syncs": Rule(_PLATFORM, _CONNECTOR, denied=403),
    "list_sources": Rule(_PLATFORM, _CONNECTOR, denied=403),
    "read_task": Rule(frozenset({"owner"}), the("task_id", task="pk")),
}
