"""What every page tells its frame: a title, a description, and the way that led here."""


def page_context(title, description, *trail):
    """Context for base.html. `trail` holds (label, address) of the pages above this one, from the top."""
    return {"title": title, "description": " ".join(description.split()), "trail": trail}
