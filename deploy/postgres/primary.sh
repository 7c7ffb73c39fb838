#!/bin/sh
# Run once, when the primary is made: a role that may copy it, and a place where its log waits for the copy.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$REPLICATION_PASSWORD" --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
CREATE ROLE replication WITH REPLICATION LOGIN PASSWORD :'password';
SELECT pg_create_physical_replication_slot('replica');
ALTER SYSTEM SET max_slot_wal_keep_size = '4GB';
SELECT pg_reload_conf();
SQL
echo "host replication replication samenet scram-sha-256" >> "$PGDATA/pg_hba.conf"
