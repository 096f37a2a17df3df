"""What the desk promises, beside the tickets of django-helpdesk: due times, routes and escalations, with their reasons.

The help desk owns the tickets and the clock, svcstd computes, and this app stores the little that must be kept.
"""
