from hypothesis import settings

# A machine that does other things as well makes no property false.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
