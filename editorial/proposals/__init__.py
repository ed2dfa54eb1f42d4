"""Changes of public records that wait for a publisher."""
