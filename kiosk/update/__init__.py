"""Updates from a stick: signed, tried before and after the switch, and taken back by themselves."""
