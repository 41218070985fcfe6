"""The analytic replica of a generation: its default graph as sorted columns that all processes share."""
