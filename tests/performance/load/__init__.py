"""The load test: many respondents at once, over the lines that browsers use.

``make load`` starts the app, lets people arrive one after the other, lets each give an answer every
few seconds, and says how long answers took, what they cost, and whether any was lost. The same
again where nothing is stored is the floor.
"""
