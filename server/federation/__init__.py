"""What lies outside: other endpoints and documents that the settings allow, and nothing else."""
