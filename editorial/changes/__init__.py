"""The public history: what changed, in words, as a page and a feed, and the way back of what was removed."""
