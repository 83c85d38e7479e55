"""What the site itself says to learners: English in the code, other languages in PO files beside this file."""
