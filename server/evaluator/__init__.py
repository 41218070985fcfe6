"""Queries are evaluated here, in child processes that can be killed, and nowhere else."""
