"""An opening: its tabs, the comparison, and the profile of a candidate."""
