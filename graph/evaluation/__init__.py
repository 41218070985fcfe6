"""Gold articles against what the pipeline finds in them: matching → scores → report."""
