"""The resident's screen in a browser: who is let in, a process for each visit, nothing from elsewhere."""
