"""Apps to measure against: what a page costs by itself, under the same configuration."""
