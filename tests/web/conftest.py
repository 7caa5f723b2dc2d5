"""The workspaces that these tests run on."""

from tests.everywhere import everywhere, everywhere_template
from tests.running import demo, demo_template, here, small, small_template

__all__ = ["demo", "demo_template", "everywhere", "everywhere_template", "here", "small", "small_template"]
