"""What can be learnt from: the starter's resources and courses from sources."""
