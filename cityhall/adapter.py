"""How allauth behaves in this office: nobody signs up, accounts are made by the system administrator."""

from allauth.account.adapter import DefaultAccountAdapter


class StaffAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False
