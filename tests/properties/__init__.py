"""What must hold for every organisation, whoever it is and whatever its people say.

The seven properties of `docs/design/domain.md`, under What must always hold, and the rules that
keep them, tried on random organisations. Each file is named after what would break it.
"""
