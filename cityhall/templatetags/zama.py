"""How a template writes days, turns, links to rooms and form fields."""

from datetime import date, datetime
from functools import lru_cache

from django import template
from django.forms import BoundField, CheckboxInput, Textarea
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html

from cityhall import access, calendar
from cityhall.context import office
from cityhall.drawing import bare
from cityhall.layout import drawn, drawn_form
from cityhall.models import Role

register = template.Library()

SHAPES = {"desk": "●", "section": "■", "proposer": "▲", "decider": "◆", "hold": "○"}
ROOMS = (
    ("窓口の机", "/admin/", (Role.DESK, Role.ADMIN)),
    ("課のまど", "/section/", (Role.MEMBER, Role.HEAD)),
    ("指標のまど", "/kpi/", (Role.DESK, Role.HEAD, Role.MANAGER)),
)
HOMES = ("/", *(path for _, path, _ in ROOMS))


# --- days and moments -----------------------------------------------------


def _day(value) -> date:
    return calendar.jst_date(value) if isinstance(value, datetime) else value


@register.filter
def wareki(value) -> str:
    """令和8年6月12日（金）, of a day or a moment."""
    return f"{calendar.wareki(_day(value))}（{calendar.weekday(_day(value))}）" if value else ""


@register.filter
def wareki_plain(value) -> str:
    """令和8年6月12日, as an official letter is dated."""
    return calendar.wareki(_day(value)) if value else ""


@register.filter
def short_date(value) -> str:
    """6月12日（金）: for tables and cells that name the year elsewhere."""
    day = _day(value) if value else None
    return f"{day.month}月{day.day}日（{calendar.weekday(day)}）" if day else ""


@register.filter
def clock(value) -> str:
    """10:32, of a moment, in Japan."""
    return f"{timezone.localtime(value):%-H:%M}" if value else ""


@register.filter
def fiscal_year(value) -> str:
    """令和8年度, of a day, a moment or a year's number."""
    year = value if isinstance(value, int) else calendar.fiscal_year(_day(value))
    return calendar.fiscal_year_label(year)


@register.filter
def iso(value) -> str:
    """2026-06-12, for the datetime attribute of <time>."""
    return _day(value).isoformat() if value else ""


@register.simple_tag
def now_jst() -> datetime:
    """This moment, for "as of" lines."""
    return timezone.localtime()


# --- turns and steps ------------------------------------------------------


@register.filter
def shape(holder) -> str:
    """● 窓口 ■ 関係課 ▲ 提案者 ◆ 決裁 ○ 合意による保留."""
    return SHAPES.get(str(getattr(holder, "value", holder)), "")


@register.filter
def circled(number) -> str:
    """③ for 3 (1 to 20)."""
    return chr(0x2460 + int(number) - 1)


@register.filter
def dots(level) -> str:
    """●●○ for 2, of three."""
    return "●" * int(level) + "○" * (3 - int(level))


@register.filter
def six(now) -> list[str]:
    """The six bars of a step: done, now, later; a case past the sixth has them all done."""
    place = int(now or 0)
    return ["done" if n < place else "now" if n == place else "later" for n in range(1, 7)]


# --- rooms and links ------------------------------------------------------


@register.simple_tag
def this_office() -> dict:
    """The office's names, where no context processor runs (error pages)."""
    return office()


@register.simple_tag(takes_context=True)
def other_rooms(context) -> list[tuple[str, str]]:
    """The staff rooms this person's postings open, but the one they are in."""
    request = context["request"]
    return [
        (name, path)
        for name, path, roles in ROOMS
        if access.has_role(request.user, *roles) and not request.path.startswith(path)
    ]


@register.simple_tag(takes_context=True)
def settings_page(context) -> str:
    """Where 設定 leads: people of sections choose their letters there too, others change their password."""
    in_section = access.has_role(context["request"].user, Role.MEMBER, Role.HEAD)
    return "/section/settings/" if in_section else reverse("account_change_password")


@register.simple_tag(takes_context=True)
def nav_link(context, name: str, words: str, *args) -> str:
    """A link of a nav, marked on its own page and on those under it. Nothing for a page not built."""
    url = _address(name, args)
    if not url:
        return ""
    here = context["request"].path
    under = here.startswith(url) and url not in HOMES
    return _link(url, words, "page" if here == url else "true" if under else "")


@lru_cache(500)
def _address(name: str, args: tuple) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@lru_cache(500)
def _link(url: str, words: str, mark: str) -> str:
    current = format_html(' aria-current="{}"', mark) if mark else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', url, current, words)


# --- form fields ----------------------------------------------------------


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether the field is a single box to tick."""
    return isinstance(field.field.widget, CheckboxInput)


register.filter(bare)
register.filter(drawn)
register.filter(drawn_form)


@register.filter
def options(field: BoundField) -> list[dict]:
    """The choices of a radio or checkbox group: control, id, words and hint (`field.hints` by value)."""
    hints = getattr(field.field, "hints", {})
    found = []
    for option in field.subwidgets:
        option.data["attrs"] = {k: v for k, v in option.data["attrs"].items() if k != "aria-invalid"}
        hint = hints.get(str(option.data["value"]), "")
        found.append(
            {"tag": option.tag(), "id": option.id_for_label, "words": option.choice_label, "hint": hint}
        )
    return found


@register.filter
def limit(field: BoundField) -> int | None:
    """How many characters the counter under the field counts to."""
    counted = isinstance(field.field.widget, Textarea) or getattr(field.field, "counted", False)
    return getattr(field.field, "max_length", None) if counted else None


@register.filter
def first_id(field: BoundField) -> str:
    """The id a link in the error summary goes to: the control, or the first of a group."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.auto_id


@register.filter
def wrong_fields(form) -> list[BoundField]:
    """The fields of a form that have something to mend, in its order."""
    return [field for field in form if field.errors]


@register.filter
def in_summary(field: BoundField) -> str:
    """What the error summary says of a field: its own sentence for it, else its label and what is wrong."""
    first = field.errors.as_data()[0]
    if first.code == "required" and (own := getattr(field.field, "say_in_summary", "")):
        return own.format(label=field.label)
    return (first.params or {}).get("summary") or f"{field.label}：{field.errors[0]}"


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, to loop over a few names."""
    return text.split()
