"""A printed page: words and rules with their place -> lines in reading order, tables, notes."""
