"""Who may see and do what, from the postings in force today; nothing else grants a right."""

from collections import defaultdict
from functools import wraps

from django.http import Http404
from django.views.decorators.cache import never_cache

from cityhall import csrf
from cityhall.models import Department, Posting, Role, User
from cityhall.refusal import NotAllowed

_RIGHTS: dict[str, set[str]] = defaultdict(set)


def grant(role: Role, *permissions: str) -> None:
    """Give a role Django permissions ("app.verb_model"); each app does so in its own `rights.py`."""
    _RIGHTS[role].update(permissions)


def postings_of(user) -> list[Posting]:
    """The postings this person holds today, read once a request."""
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "_postings_in_force"):
        remember(user, list(user.postings.in_force().select_related("department")))
    return user._postings_in_force


def remember(user: User, postings: list[Posting]) -> None:
    """Keep the postings this person holds today, for as long as the request lasts."""
    user._postings_in_force = postings


def posting_for(user, *roles: Role, department: Department | None = None) -> Posting | None:
    """The posting that lets this person act in one of the roles (in that section, if one is named)."""
    return next(
        (
            posting
            for posting in postings_of(user)
            if posting.role in roles and (department is None or posting.department_id == department.pk)
        ),
        None,
    )


def has_role(user, *roles: Role) -> bool:
    """Whether this person holds one of the roles today."""
    return posting_for(user, *roles) is not None


def require(user, *roles: Role, department: Department | None = None) -> Posting:
    """The posting to act in; refuses whoever holds none of the roles (in that section)."""
    posting = posting_for(user, *roles, department=department)
    if posting is None:
        whose = f"{department}の" if department else ""
        raise NotAllowed(f"これは{whose}{'・'.join(role.label for role in roles)}だけが行えます。")
    return posting


def departments_of(user, *roles: Role) -> list[Department]:
    """The sections this person belongs to today, in one of the roles or in any."""
    return [p.department for p in postings_of(user) if p.department and (not roles or p.role in roles)]


def permissions_of(user) -> set[str]:
    """All Django permissions that follow from this person's postings."""
    return set().union(*(_RIGHTS[posting.role] for posting in postings_of(user)))


def has_perm(user: User, permission: str) -> bool:
    """Whether one of today's postings grants this Django permission."""
    return permission in permissions_of(user)


def has_module_perms(user: User, app_label: str) -> bool:
    """Whether one of today's postings grants anything in this app."""
    return any(permission.startswith(f"{app_label}.") for permission in permissions_of(user))


def role_required(*roles: Role):
    """A view for these roles, kept by no cache: strangers go to the login, others find nothing (404)."""

    def decorate(view):
        @never_cache
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return csrf.logged_out(request)
            if not has_role(request.user, *roles):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate
