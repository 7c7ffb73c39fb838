"""What several processes and machines share, and who does the work in the background."""

from remedies_site import env

REPLICA_CONNECT_SECONDS = 2

# How many server processes serve this site, over all machines: `check --deploy` looks whether they share enough.
WEB_PROCESSES = env.number("WEB_PROCESSES", 1)
# Whether server processes send mails and erase accounts; `off` where `manage.py worker` runs by itself.
WORKER = env.switch("WORKER", default=True)


def replica() -> env.Config:
    """DATABASE_REPLICA_URL as an item of DATABASES: read only, and given up soon where it does not answer."""
    config = env.database("", "DATABASE_REPLICA_URL")
    if "postgres" in config["ENGINE"]:
        options = config["OPTIONS"]
        options |= {"connect_timeout": REPLICA_CONNECT_SECONDS, "tcp_user_timeout": 3000}
        options["options"] += " -c default_transaction_read_only=on"
    return config | {"TEST": {"MIRROR": "default"}}


REPLICAS = {"replica": replica()} if env.text("DATABASE_REPLICA_URL") else {}
DATABASE_ROUTERS = ["remedies_site.replica.routing.ReplicaRouter"] if REPLICAS else []
