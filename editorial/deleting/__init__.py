"""Deleting in the admin: what would go, what speaks against it, and why."""
