"""People, their sessions, notifications and sanctions; the state of rate limits, mails and deletions."""

from accounts.models.allowances import ActionCount, Allowance
from accounts.models.deletion import AccountDeletion
from accounts.models.notification import Notification, NotificationSetting
from accounts.models.outgoing_mail import OutgoingMail
from accounts.models.sanction import Sanction, SanctionKind
from accounts.models.session import Session
from accounts.models.user import (
    MAX_LOGIN_LENGTH,
    NAME_OF_STAFF,
    NAME_TAKEN,
    ColourScheme,
    FormerName,
    User,
    UserManager,
    name_conflict,
)

__all__ = [
    "MAX_LOGIN_LENGTH",
    "NAME_OF_STAFF",
    "NAME_TAKEN",
    "AccountDeletion",
    "ActionCount",
    "Allowance",
    "ColourScheme",
    "FormerName",
    "Notification",
    "NotificationSetting",
    "OutgoingMail",
    "Sanction",
    "SanctionKind",
    "Session",
    "User",
    "UserManager",
    "name_conflict",
]
