"""The two rankers: what is the chance of each engagement?"""
