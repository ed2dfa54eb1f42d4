"""One save of a form in the admin: tried, looked at, and then kept, undone or put before somebody else."""
