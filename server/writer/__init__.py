"""The process that alone writes: it takes orders from the web processes and publishes generations."""
