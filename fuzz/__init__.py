"""Fuzz the code that reads a journal. Needs `pip install cpdkit[fuzz]`; not part of the tests."""
