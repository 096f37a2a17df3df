"""Decision tables and trees of routes over columns, and in the words of engines."""
