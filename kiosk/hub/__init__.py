"""Many kiosks and desks, one queue: the way to the hub, and the hub itself."""
