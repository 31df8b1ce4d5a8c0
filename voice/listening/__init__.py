"""From a microphone to words. It runs in a process of its own; nothing in here knows a page."""
