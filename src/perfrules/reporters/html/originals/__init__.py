"""The documents themselves on the page, with what is marked in them."""
