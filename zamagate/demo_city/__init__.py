"""The demo city: sections, people, troubles, TRIP 0.0 from the city's papers, and fictional cases.

Everything is made through the services, each deed on its day; loading twice changes nothing.
"""

from zamagate.demo_city.load import DEMO_CODE, DEMO_CODES, load

__all__ = ["DEMO_CODE", "DEMO_CODES", "load"]
