"""Rules for what could do harm or give someone away: Y1xx."""
