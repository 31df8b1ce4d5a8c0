"""`python -m kiosk.cli`: the command where no script is installed."""

from kiosk.cli import main

main()
