"""A service around svcstd: it owns the tickets, the clock and the storage; svcstd computes."""
