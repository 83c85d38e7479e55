"""The curriculum as typed values."""
