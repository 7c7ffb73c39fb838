"""People, their sessions, notifications and sanctions; the state of rate limits, mails and deletions."""

from accounts.models.allowances import ActionCount, Allowance
from accounts.models.deletion import AccountDeletion
from accounts.models.notification import Notification, NotificationSetting
from accounts.models.outgoing_mail import OutgoingMail
from accounts.models.sanction import Sanction, SanctionKind
from accounts.models.session import Session
from accounts.models.user import (
    MAX_LOGIN_LENGTH,
    ColourScheme,
    FormerName,
    User,
    UserManager,
    is_kept_back,
)

__all__ = [
    "MAX_LOGIN_LENGTH",
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
    "is_kept_back",
]
