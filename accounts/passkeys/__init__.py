"""Passkeys (WebAuthn) as a second step at log-in: keys that answer to this site's address alone."""
