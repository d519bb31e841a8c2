from careerforge.gateway.models.cache import CachedAnswer
from careerforge.gateway.models.calls import ModelCall
from careerforge.gateway.models.limits import FunctionSwitch, Limit, Spend
from careerforge.gateway.models.notices import Notice
from careerforge.gateway.models.offers import Breaker, ForbiddenRegion, Offer
from careerforge.gateway.models.sent import SentText

__all__ = [
    "Breaker",
    "CachedAnswer",
    "ForbiddenRegion",
    "FunctionSwitch",
    "Limit",
    "ModelCall",
    "Notice",
    "Offer",
    "SentText",
    "Spend",
]
