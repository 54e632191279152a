"""What answers mean: pure functions, tables in and results out."""
