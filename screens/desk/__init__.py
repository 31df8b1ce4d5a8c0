"""The desk: where staff finish cases. The rules live in `kiosk.cases` and `kiosk.store`."""
