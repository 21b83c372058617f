"""The command line: one file for each command. In: words typed. Out: text on the screen or in a file, and an exit code.

0: nothing at or above --fail-on; 1: findings; 2: the input or the call is at fault.
"""
