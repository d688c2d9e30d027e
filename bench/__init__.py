"""The measurements for docs/explanation/performance.md. Run by `make bench`, never by the tests."""
