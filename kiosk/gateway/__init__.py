"""Messages to people's telephones, through a gateway that the centre has."""
