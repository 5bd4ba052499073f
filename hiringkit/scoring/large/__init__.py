"""The mixed model for many ratings: sparse, in time linear in the ratings."""
