"""Letters for a section: to its address, and to those of its people who like to have them too."""

from collections.abc import Container, Iterable
from datetime import date

from django.db.models import Q, QuerySet

from cityhall import post
from cityhall.models import Department, Letters, Notice, OutgoingMail, Posting, Role, User
from cityhall.refusal import NotAllowed

COPY = ":to:"  # a copy's key is its letter's, this, and whom it is for
NO_ADDRESS = "メールアドレスが登録されていません。窓口かシステム管理の人に、登録を頼んでください。"


def queue(
    department: Department, *, key: str, page: str, is_for_heads: bool = False, **letter
) -> OutgoingMail | None:
    """Put a letter for a section in the outbox once for its key; `letter` is what `post.queue` is told.

    Of its people, or of its heads alone, each gets it, finds `page` in the next digest, or neither.
    """
    for person in _people(department, is_for_heads):
        copy = f"{key}{COPY}{person.pk}"
        if person.letters == Letters.EACH:
            post.queue(key=copy, to=person.email, **letter)
        else:
            line = Notice(user=person, department=department, key=copy, page=page)
            line.subject, line.about = letter["subject"].removeprefix("【窓口】"), letter.get("about", "")
            Notice.objects.bulk_create([line], ignore_conflicts=True)
    return post.queue(key=key, to=department.email, **letter)


def _people(department: Department, is_for_heads: bool) -> list[User]:
    """Who is posted there today and likes letters of their own."""
    roles = [Role.HEAD] if is_for_heads else [Role.HEAD, Role.MEMBER]
    posted = Posting.objects.in_force().filter(department=department, role__in=roles)
    people = User.objects.filter(pk__in=posted.values("user")).exclude(letters=Letters.SECTION)
    return list(people.exclude(email="").exclude(email=department.email))


def choose(person: User, *, letters: str) -> None:
    """How this person hears of what comes for the section; refuses copies where there is no address."""
    if letters not in Letters:
        raise NotAllowed("通知の受け取り方を選んでください。")
    if letters != Letters.SECTION and not person.email:
        raise NotAllowed(NO_ADDRESS)
    person.letters = letters
    person.save(update_fields=["letters"])


# --- letters that may no longer hold -------------------------------------------


def known(mark: str, about: Iterable[str]) -> set[str]:
    """The keys of letters with this mark about these cases, whoever they were written to."""
    about = set(about)
    letters = OutgoingMail.objects.filter(key__contains=mark, about__in=about)
    lines = Notice.objects.filter(key__contains=mark, about__in=about)
    letters = letters.exclude(key__contains=post.RECALLED)
    return {_letter(key) for rows in (letters, lines) for key in rows.values_list("key", flat=True)}


def recall(mark: str, *, but: Container[str]) -> None:
    """Keep letters with this mark, and lines of digests, from leaving, but those of these keys."""
    letters = OutgoingMail.objects.filter(key__contains=mark, state=OutgoingMail.State.QUEUED)
    lines = Notice.objects.filter(key__contains=mark, told_on=None)
    post.recall(letters.filter(pk__in=_others(letters, but)))
    lines.filter(pk__in=_others(lines, but)).delete()


def _others(rows: QuerySet, but: Container[str]) -> list[int]:
    return [pk for pk, key in rows.values_list("pk", "key") if _letter(key) not in but]


def _letter(key: str) -> str:
    return key.partition(COPY)[0]


# --- digests -------------------------------------------------------------------------


def readers_of_digests(today: date) -> QuerySet[User]:
    """Whoever likes a digest, or has news left from when they did, and has not been seen to today."""
    has_news = Notice.objects.filter(told_on=None).values("user")
    likes = Q(letters=Letters.DIGEST) | Q(pk__in=has_news)
    return User.objects.filter(likes, _not_yet(today), is_active=True).exclude(email="")


def see_to(person: User, today: date) -> bool:
    """Take this person's digest of today upon oneself; false when somebody else has."""
    return bool(User.objects.filter(_not_yet(today), pk=person.pk).update(digest_on=today))


def take_news(person: User, sections: Container[Department], today: date) -> list[Notice]:
    """What is new to this person, told from now on; of sections they have left, nothing is told."""
    news = list(Notice.objects.filter(user=person, told_on=None).select_related("department"))
    Notice.objects.filter(pk__in=[line.pk for line in news]).update(told_on=today)
    return [line for line in news if line.department in sections]


def _not_yet(today: date) -> Q:
    return Q(digest_on=None) | Q(digest_on__lt=today)
