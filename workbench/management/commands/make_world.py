"""manage.py make_world: the old name of `seed_demo`."""

from workbench.management.commands.seed_demo import Command

__all__ = ["Command"]
