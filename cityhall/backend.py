"""Login through allauth; every permission is asked of the postings in force today."""

from allauth.account.auth_backends import AuthenticationBackend

from cityhall import access
from cityhall.models import Posting


class PostingBackend(AuthenticationBackend):
    """Knows no groups and no permission rows, so nobody can be granted anything by editing them."""

    def get_user(self, user_id):
        """The person with the postings in force today, in one statement where there are any."""
        postings = list(Posting.objects.in_force().filter(user=user_id).select_related("user", "department"))
        if not postings:
            return super().get_user(user_id)
        user = postings[0].user
        access.remember(user, postings)
        return user

    def has_perm(self, user_obj, perm, obj=None) -> bool:
        return user_obj.is_active and access.has_perm(user_obj, perm)

    def has_module_perms(self, user_obj, app_label) -> bool:
        return user_obj.is_active and access.has_module_perms(user_obj, app_label)

    def get_user_permissions(self, user_obj, obj=None) -> set[str]:
        return set()

    get_group_permissions = get_all_permissions = get_user_permissions
