"""Three ways to build a logic model: by keys alone, by pointer, and by the plain forms without a script."""

import re

from playwright.sync_api import Page, expect

from logicmodels.vocabulary import Column, Side

MOST_STEPS = 40


class Hands:
    """Somebody who builds a model box by box and arrow by arrow; boxes are known by their number (4-3)."""

    with_script = True

    def __init__(self, page: Page, home: str):
        self.page, self.home, self.count = page, home, 0
        self.panel, self.boxes = page.locator("#panel"), page.locator(".lm-picture svg a")
        self.said = page.locator("[data-said]")

    def box(self, number):
        """A box by the number in its frame, which stands before its words."""
        return self.page.locator(".lm-picture svg a", has=self.page.get_by_text(number_of(number)))

    def stands(self):
        """The new box is in the picture, and its own form in the panel."""
        self.count += 1
        expect(self.boxes).to_have_count(self.count)
        expect(self.panel.get_by_role("button", name="この箱を保存する")).to_be_visible()


def number_of(number):
    """The number alone, or with who brings it: 「1-2」「1-2 ● 市」."""
    return re.compile(rf"^{number}( [●▲○] .+)?$")


class Keys(Hands):
    """Never touches the pointer."""

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self):
        """The number of the box that has the focus."""
        return self.page.locator(".lm-picture svg a:focus text").first.text_content().split()[0]

    def go(self, number):
        """Along the columns, then up or down."""
        for _ in range(MOST_STEPS):
            at, to = (tuple(map(int, one.split("-"))) for one in (self.focused(), number))
            if at == to:
                return
            across = "ArrowRight" if at[0] < to[0] else "ArrowLeft"
            self.press(across if at[0] != to[0] else "ArrowDown" if at[1] < to[1] else "ArrowUp")
        raise AssertionError(f"{number} was not reached")

    def tab_to(self, locator):
        for _ in range(MOST_STEPS):
            if locator.evaluate("element => element === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError("Tab does not lead there")

    def add(self, column, text, side=""):
        if self.count == 0:
            self.tab_to(self.panel.get_by_role("link", name=Column(column).label, exact=True))
            self.press("Enter")
        else:
            self.press(str(Column(column).place + 1))
        expect(self.panel.get_by_label("言葉")).to_be_focused()
        self.page.keyboard.insert_text(text)
        if side:
            self.press("Tab", "Tab", *["ArrowDown"] * (list(Side).index(Side(side)) + 1))
        self.press("Enter")
        self.stands()
        expect(self.page.locator(".lm-picture svg a:focus")).to_have_count(1)

    def connect(self, source, target, grade):
        self.go(source)
        self.press("c")
        self.go(target)
        self.press(grade.lower(), "Enter")
        expect(self.said).to_have_text(said_of(source, target, grade))
        expect(self.box(target)).to_be_focused()


def said_of(source, target, grade):
    return re.compile(rf"^{source}( . .+)? から {target} へ、根拠 {grade} でつなぎました。")


class Pointer(Hands):
    """Presses, drags, and types words."""

    def add(self, column, text, side=""):
        self.page.locator(f"[data-column={column}]").click()
        expect(self.panel.get_by_role("button", name="この箱を加える")).to_be_visible()
        self.panel.get_by_label("言葉").fill(text)
        if side:
            self.panel.get_by_label(Side(side).label, exact=True).check()
        self.panel.get_by_role("button", name="この箱を加える").click()
        self.stands()

    def connect(self, source, target, grade):
        self.box(source).hover()
        self.page.locator(".lm-handle").hover()
        self.page.mouse.down()
        self.box(target).hover()
        self.page.mouse.up()
        expect(self.panel.get_by_role("heading", level=2)).to_have_text(f"矢印 {source} → {target}")
        self.panel.get_by_label(f"{grade} ").check()
        self.panel.get_by_role("button", name="この矢印を保存する").click()
        expect(self.panel.get_by_role("button", name="この箱を保存する")).to_be_visible()


class Forms(Hands):
    """Links, fields and buttons, each press a page of its own."""

    with_script = False

    def add(self, column, text, side=""):
        Pointer.add(self, column, text, side)

    def connect(self, source, target, grade):
        self.page.get_by_role("link", name="矢印を足す", exact=True).click()
        for label, number in (("もとの箱", source), ("さきの箱", target)):
            field = self.page.get_by_label(label)
            field.select_option(field.locator("option", has_text=f"{number} ").get_attribute("value"))
        self.page.get_by_label(f"{grade} ").check()
        self.page.get_by_role("button", name="この矢印を足す").click()
        expect(self.page.get_by_role("button", name="この矢印を足す")).to_have_count(0)
