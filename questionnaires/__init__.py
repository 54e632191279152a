"""What is asked: questionnaires as data, and their library."""
