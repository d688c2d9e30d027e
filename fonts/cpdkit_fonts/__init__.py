"""Fonts for Arabic, Hebrew, Thai and emoji in the PDFs of cpdkit, which finds them in this folder."""
