"""What other offices hold of a person (查 我的记录): sources, how each is asked, and what may be shown."""
