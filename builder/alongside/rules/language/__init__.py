"""Rules for words and sentences: T1xx, and I1xx for words about people."""
