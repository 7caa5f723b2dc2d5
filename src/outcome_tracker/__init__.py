"""Outcome Tracker: agreed targets, quarterly figures and what they say, for councils' outcome plans."""

__version__ = "0.1.0"
