"""Keys of this site and the people who may sign in. Stands beside the store and does not import it."""
