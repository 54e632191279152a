"""How what a store does grows with the number of organisations in it. Run with ``make scale``."""
