"""The version, as the installed package states it."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("summarise")
except PackageNotFoundError:  # a source checkout on the path, not installed
    VERSION = "0+unknown"
