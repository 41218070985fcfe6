"""What stands in front of the application: log, metrics, response cache, compression, budgets of clients."""
