"""Who handles a case: route trees, agents and what they hold, assignment, and hand-offs."""

from svcstd.routing.dead import analyse_routes
from svcstd.routing.tree import Branch, Route, RouteTree

__all__ = ["Branch", "Route", "RouteTree", "analyse_routes"]
