"""Rules for what must lead somewhere: R2xx."""
