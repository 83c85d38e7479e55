"""Rules for what keeps people out: A1xx."""
