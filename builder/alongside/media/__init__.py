"""Pictures, recordings and captions: whether they can be published."""
