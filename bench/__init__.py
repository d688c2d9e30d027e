"""The measurements behind docs/performance.md. Run by `make bench`, never by the tests."""
