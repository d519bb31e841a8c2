"""What can be measured, a module each with ``NAME``, ``HELP``, ``add_arguments`` and ``measure``."""
