"""Which database a thread reads from: the primary, unless its request was admitted to the replica.

A request goes from the replica to the primary once it writes or fails there, and never back: what it reads
later is never older than what it has read before.
"""

import threading

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

REPLICA = "replica"


class _Reads(threading.local):
    from_replica = False


_reads = _Reads()


def has_replica() -> bool:
    """Whether DATABASE_REPLICA_URL names one."""
    return REPLICA in connections.settings


def read_from_replica(*, admitted: bool) -> None:
    """What the rest of this thread's request reads comes from the replica, or from the primary."""
    _reads.from_replica = admitted


def reads_from_replica() -> bool:
    """Whether reads of this thread go to the replica now; inside a transaction they do not."""
    return _reads.from_replica and not connections[DEFAULT_DB_ALIAS].in_atomic_block


def reading_connection() -> BaseDatabaseWrapper:
    """The connection for SQL that only reads."""
    return connections[REPLICA if reads_from_replica() else DEFAULT_DB_ALIAS]


class ReplicaRouter:
    """Django's questions about databases."""

    def db_for_read(self, model: type[Model], **hints: object) -> str:
        """The replica for a request that was admitted."""
        return REPLICA if reads_from_replica() else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[Model], **hints: object) -> str:
        """The primary, for whatever the request reads afterwards too."""
        read_from_replica(admitted=False)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, obj1: Model, obj2: Model, **hints: object) -> bool:
        """Both databases hold the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """The replica is given its tables by the primary."""
        return db != REPLICA
