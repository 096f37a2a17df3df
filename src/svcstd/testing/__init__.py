"""Laws for your own standard (extra ``testing``): strategies, laws, simulated cases, and a plugin of pytest.

Nothing is loaded before it is asked for: ``from svcstd.testing import laws, strategies``.
"""
