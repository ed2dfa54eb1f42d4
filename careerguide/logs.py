"""How the log stays short enough to be read."""


def without_traceback(record):
    """Keep a record to its one line: a forged Host header is noted, not explained by a page of code."""
    record.exc_info = None
    return True
