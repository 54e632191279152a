"""What hangs on an id: for whoever is about to change a question, a rule or a piece of advice."""
