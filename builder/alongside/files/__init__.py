"""Files and what stands in them: how they are read, changed and put together, and what is wrong with them."""
