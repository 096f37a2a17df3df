"""The demonstration: Boston's 311 standard and its log of 2015 (City of Boston open data, PDDL 1.0).

Nothing here is read by the library; the command line opens these two files.
"""
