"""The application: screens, command line, and what both of them do."""
