"""Errors that readers report: their mails, and what editors make of them."""
