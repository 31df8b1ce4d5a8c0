"""About Chinese characters: how they are read, typed and told apart. Pure but for its tables."""
