"""The terminal interface: for rating while listening. It calls actions and report, and holds no rule itself."""

from hiringkit.settings import paint_quickly

paint_quickly()
