"""Remedies and conditions that readers looked for in vain and asked for; nobody is noted who asked."""
