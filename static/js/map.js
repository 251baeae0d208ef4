// 旅の系譜図: drag to move it, arrow keys go from mark to mark, what is typed shows at once where it stands.
const frame = document.querySelector(".z-map");
const marks = [...(frame?.querySelectorAll("a[data-key]") ?? [])];
const words = document.querySelector(".z-map-search input");
const said = document.querySelector(".z-map-search__said");
const PULLED = 4; // px from which a press is a drag

// One stop for the Tab key; from there the arrows.
function choose(mark) {
  for (const one of marks) one.setAttribute("tabindex", one === mark ? "0" : "-1");
}

const middle = (mark) => {
  const { x, y, width, height } = mark.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
};

// The nearest mark in a direction: across counts time, down and up the next row.
function nearest(mark, across, down) {
  const here = middle(mark);
  const far = (one) => {
    const there = middle(one);
    const [x, y] = [there.x - here.x, there.y - here.y];
    const ahead = across ? x * across : y * down;
    if (ahead < 4) return Infinity;
    return across ? ahead + Math.abs(y) * 8 : ahead * 8 + Math.abs(x);
  };
  const best = marks.reduce((a, b) => (far(b) < far(a) ? b : a));
  return far(best) === Infinity ? mark : best;
}

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

frame?.addEventListener("keydown", (event) => {
  const mark = event.target.closest("a[data-key]");
  if (!mark || !ARROWS[event.key]) return;
  event.preventDefault();
  const next = nearest(mark, ...ARROWS[event.key]);
  choose(next);
  next.focus();
});

// Drag.
let held = null;
frame?.addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || event.pointerType !== "mouse") return;
  held = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop, pulled: false };
});
addEventListener("pointermove", (event) => {
  if (!held) return;
  const [x, y] = [event.clientX - held.x, event.clientY - held.y];
  held.pulled ||= Math.hypot(x, y) > PULLED;
  frame.classList.toggle("z-map--held", held.pulled);
  if (held.pulled) frame.scrollTo(held.left - x, held.top - y);
});
addEventListener("pointerup", () => {
  frame?.classList.remove("z-map--held");
  setTimeout(() => (held = null)); // the click that ends a drag opens nothing
});
frame?.addEventListener("click", (event) => held?.pulled && event.preventDefault(), true);
frame?.addEventListener("dragstart", (event) => event.preventDefault());

// The names of the rows stay in sight where there is room for them.
const names = frame?.querySelector(".z-map__names");
frame?.addEventListener("scroll", () => {
  const wide = frame.clientWidth > 700;
  names.setAttribute("transform", `translate(${wide ? frame.scrollLeft : 0} 0)`);
});

// Search.
const plain = (text) => text.normalize("NFKC").toLowerCase();

words?.addEventListener("input", () => {
  const sought = plain(words.value).split(/\s+/).filter(Boolean);
  const fits = (text) => sought.every((word) => plain(text).includes(word));
  const found = marks.filter((mark) => fits(mark.dataset.words));
  for (const mark of marks) mark.classList.toggle("z-map__faint", !found.includes(mark));
  for (const row of document.querySelectorAll("tr[data-row]")) {
    row.hidden = !found.some((mark) => mark.dataset.key === row.dataset.row);
  }
  said.textContent = sought.length ? `「${words.value}」は${found.length}件です。` : "";
  if (sought.length && found.length) show(found[0]);
});

function show(mark) {
  const [at, box] = [middle(mark), frame.getBoundingClientRect()];
  frame.scrollBy({ left: at.x - box.x - box.width / 2, top: at.y - box.y - box.height / 2 });
}

const chosen = marks.find((mark) => mark.hasAttribute("aria-current"));
if (marks.length) choose(chosen ?? marks[0]);
if (chosen) show(chosen);
