"""How large things are on the glass: the panel, the font, and the four sizes in millimetres."""
