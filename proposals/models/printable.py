"""What sections and the desk print: the rows of one's sections, all for the desk."""

from django.db import models

from cityhall import access
from cityhall.models import Role


class PrintableQuerySet(models.QuerySet):
    """Rows that know `of(sections)`."""

    def printable_by(self, user):
        """All for the desk, those of one's sections for a member or a head, none for others."""
        if access.has_role(user, Role.DESK):
            return self
        return self.of(access.departments_of(user, Role.MEMBER, Role.HEAD))
