"""What a page is made of: each part has a drawing of its own for every season, a line of help, and limits."""
