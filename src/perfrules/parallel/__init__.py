"""Tasks shared among processes. What goes to another process and comes back is data; nothing here knows what the tasks are."""

from perfrules.parallel.hands import Hands, came_to, cores

__all__ = ["Hands", "came_to", "cores"]
