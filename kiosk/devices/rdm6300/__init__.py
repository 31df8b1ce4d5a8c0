"""The RDM6300 and its relatives: 125 kHz tags."""
