"""The command `parleygraph`: articles to a graph, the graph to answers.

Each command is a thin shell around one function of the stages; what it prints is for people on a terminal and
plain lines otherwise. Exit status 1: something could not be read, or an error was reported; 2: wrong usage.
"""
