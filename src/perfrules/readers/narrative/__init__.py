"""Stage 1 for running text: paragraphs → amounts → readings → the tree of subjects.

A figure enters only where field, number and unit stand together; one that cannot be placed is told as unread.
"""
