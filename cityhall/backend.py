"""Login through allauth; every permission is asked of the postings in force today."""

from allauth.account.auth_backends import AuthenticationBackend

from cityhall import access


class PostingBackend(AuthenticationBackend):
    """Knows no groups and no permission rows, so nobody can be granted anything by editing them."""

    def has_perm(self, user_obj, perm, obj=None) -> bool:
        return user_obj.is_active and access.has_perm(user_obj, perm)

    def has_module_perms(self, user_obj, app_label) -> bool:
        return user_obj.is_active and access.has_module_perms(user_obj, app_label)

    def get_user_permissions(self, user_obj, obj=None) -> set[str]:
        return set()

    get_group_permissions = get_all_permissions = get_user_permissions
