"""A query as a column of another, worded once where it is asked again and again."""

from django.db.models import Subquery


class Column(Subquery):
    """A query as a column of another; of a queryset that is kept to be asked again it is worded once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.worded = {}

    def copy(self):
        found = super().copy()
        found.worded = {}  # beside other tables it reads otherwise
        return found

    def as_sql(self, compiler, connection, *args, **kwargs):
        if connection.vendor not in self.worded:
            self.worded[connection.vendor] = super().as_sql(compiler, connection, *args, **kwargs)
        return self.worded[connection.vendor]
