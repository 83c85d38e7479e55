"""What is made for authors: new files, ids, packs."""
