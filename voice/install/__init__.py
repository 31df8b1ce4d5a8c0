"""Better voices, recordings and listening models: brought to this box, checked, and kept."""
