"""The workspace with the published plans."""

from tests.running import demo, demo_template

__all__ = ["demo", "demo_template"]
