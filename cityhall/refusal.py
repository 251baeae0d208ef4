"""What a service answers when it will not do something."""


class NotAllowed(Exception):
    """A refusal whose message is a Japanese sentence for the person who tried."""


class Stale(NotAllowed):
    """Somebody else saved first: the page in hand shows what is no longer so (D11)."""
