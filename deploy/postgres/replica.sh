#!/bin/sh
# Copies the primary when there is no copy yet, and follows it.
set -eu
PGDATA=/var/lib/postgresql/data
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    chmod 700 "$PGDATA"
    pg_basebackup --host=database --username=replication --pgdata="$PGDATA" --slot=replica \
        --write-recovery-conf --checkpoint=fast --wal-method=stream
fi
exec postgres -D "$PGDATA" -c hot_standby=on -c hot_standby_feedback=on -c max_standby_streaming_delay=10s
