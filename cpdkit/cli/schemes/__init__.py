"""The commands below `cpd scheme`, a module each."""
