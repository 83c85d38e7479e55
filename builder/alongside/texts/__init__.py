"""Facts about texts: markup, words, sentences, and what they cost."""
