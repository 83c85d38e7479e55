"""Rules for files, their fields and ids: L1xx and M1xx."""
