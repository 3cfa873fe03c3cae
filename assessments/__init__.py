"""Technical assistance needs assessment for international cooperation against organized crime."""

__version__ = "0.1.0"
