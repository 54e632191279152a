"""The report: a published profile as blocks that screens and documents tell in the same words.

A block has a small question, a finding as a sentence, a chart or a table, and in words how it was
worked out. Nothing here knows how a block is drawn.
"""
