"""People, their sessions and notifications, and the state of their rate limits, mails and deletions."""

from accounts.models.allowances import ActionCount, Allowance
from accounts.models.deletion import AccountDeletion
from accounts.models.notification import Notification, NotificationSetting
from accounts.models.outgoing_mail import OutgoingMail
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
    "Session",
    "User",
    "UserManager",
    "is_kept_back",
]
