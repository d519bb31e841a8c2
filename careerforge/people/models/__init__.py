"""Who people are, what they can do, and who may see it."""

from careerforge.people.models.claims import Evidence, SkillClaim
from careerforge.people.models.identity import Identity, PersonKey, Position, Profile
from careerforge.people.models.job_titles import JobTitle
from careerforge.people.models.rooms import Room, RoomMembership
from careerforge.people.models.teams import Assignment, Team, TeamMembership
from careerforge.people.models.tokens import ApiToken, IdempotencyKey, SignInLink
from careerforge.people.models.user import Grant, User

__all__ = [
    "ApiToken",
    "Assignment",
    "Evidence",
    "Grant",
    "IdempotencyKey",
    "Identity",
    "JobTitle",
    "PersonKey",
    "Position",
    "Profile",
    "Room",
    "RoomMembership",
    "SignInLink",
    "SkillClaim",
    "Team",
    "TeamMembership",
    "User",
]
