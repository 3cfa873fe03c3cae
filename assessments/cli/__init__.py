"""The command line: one file a command group; arguments and printing only."""
