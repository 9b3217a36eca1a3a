"""Which extractor it is: raised whenever a change of its rules can change what it reads."""

OFFLINE_VERSION = "offline-5"
