"""Parts that pages are made of: they draw what they are given, and hand back what the user did."""
