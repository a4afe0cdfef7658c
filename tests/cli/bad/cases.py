"""All bad inputs, in order. A new one is one call of case() in one of these files."""
from case import CASES
import cases_scenario  # noqa: F401: they fill CASES
import cases_sweep  # noqa: F401
import cases_tables  # noqa: F401

__all__ = ["CASES"]
