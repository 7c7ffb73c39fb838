"""manage.py make_world: alias of `seed_demo`, kept for scripts that use its former name."""

from workbench.management.commands.seed_demo import Command

__all__ = ["Command"]
