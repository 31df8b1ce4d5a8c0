"""Speech: pages become sentences, sentences become sound in a child process of our own."""
