"""Rules for what a module teaches and assesses, P1xx: alignment, size, lessons, questions as a set."""
