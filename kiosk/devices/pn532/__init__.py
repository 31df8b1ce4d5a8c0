"""The PN532 reader of MIFARE, NTAG and CPU cards, over its high-speed UART."""
