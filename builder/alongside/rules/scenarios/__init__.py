"""Rules for branching scenarios, S1xx: every way through leads somewhere, and back to something good."""
