"""The commands below `cpd plan`, a module each."""
