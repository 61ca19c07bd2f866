"""The two ways in for people: the command line and the web chat."""
