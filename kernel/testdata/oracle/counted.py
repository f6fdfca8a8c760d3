"""unittest.main that fails when a test was skipped or the number of tests is not the one expected."""
import sys
import unittest


def main(expected):
    result = unittest.main(module="__main__", exit=False, verbosity=1).result
    if result.skipped or result.testsRun != expected:
        print(f"{result.testsRun} tests ran and {len(result.skipped)} were skipped; want {expected} and none", file=sys.stderr)
        sys.exit(1)
    sys.exit(0 if result.wasSuccessful() else 1)
