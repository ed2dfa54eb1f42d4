"""The quality desk: everything that waits for an editor, what is wrong or doubtful first. See desk/sections.py."""

from editorial.desk.sections import Desk

__all__ = ["Desk"]
