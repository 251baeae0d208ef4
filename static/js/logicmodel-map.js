// The picture in the editor: words appear in it as they are typed, and keys go from box to box.
const Board = (() => {
  "use strict";
  const { part, boxes, box, keyOf, form, say, inTurn, open, post, settle, root, help } = Editor;
  const letters = new Intl.Segmenter("ja", { granularity: "grapheme" });
  const pen = document.createElement("canvas").getContext("2d");
  const GRADES = "ABCD";
  const PAD = 7;
  const LEADING = 20.3;
  let drawn = new WeakMap(); // boxes as the server drew them
  let last = ""; // the box that had the focus
  let way = null; // the arrow being drawn by keys: { source, grade }

  const svg = () => part("map").querySelector("svg");
  const number = (element, name) => Number(element.getAttribute(name));
  const make = (name, attributes = {}) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };

  // --- where things stand ---

  const columns = () => [...svg().querySelectorAll(":scope > rect[height='2']")].map((rule) => ({ x: number(rule, "x"), width: number(rule, "width") }));
  const names = () => [...part("map").querySelectorAll("[data-column]")].map((link) => link.dataset.column);
  const frame = (element) => {
    const rect = element.querySelector("rect");
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => number(rect, name));
    return { element, key: element.href ? keyOf(element) : "", x, y, width, height, middle: y + height / 2 };
  };
  const standing = () => {
    const places = columns().map(({ x }) => Math.round(x));
    return boxes().map(frame).map((one) => ({ ...one, column: places.indexOf(Math.round(one.x)) })).sort((a, b) => a.column - b.column || a.y - b.y);
  };
  const nameOf = (key) => box(key)?.querySelectorAll("text")[0]?.textContent ?? "";

  // --- words as they are typed ---

  const broken = (words, width, bold) => {
    pen.font = `${bold ? 700 : 400} 14px ${svg().getAttribute("font-family")}`;
    const lines = [""];
    for (const { segment } of letters.segment(words)) {
      if (lines.at(-1) && pen.measureText(lines.at(-1) + segment).width > width) lines.push("");
      lines[lines.length - 1] += segment;
    }
    return lines;
  };

  const asDrawn = (group) => {
    if (drawn.has(group)) return drawn.get(group);
    const { x, y, width, height } = frame(group);
    const texts = [...group.querySelectorAll("text:not([font-size])")];
    const note = [...group.querySelectorAll("text[font-size]")].find((text) => number(text, "y") > y + 12);
    const first = texts[0];
    const told = { left: x + PAD, top: first ? number(first, "y") : y + 26, width: width - 2 * PAD, height, count: Math.max(1, texts.length), bold: first?.getAttribute("font-weight") === "700", note, noteAt: note ? number(note, "y") : 0 };
    drawn.set(group, told);
    return told;
  };

  const write = (group, words) => {
    const was = asDrawn(group);
    const lines = broken(words.trim().replace(/\s*\n\s*/g, " "), was.width, was.bold);
    const more = Math.max(0, lines.length - was.count) * LEADING;
    group.querySelectorAll("text:not([font-size])").forEach((text) => text.remove());
    lines.forEach((words, row) => {
      const text = make("text", { x: was.left, y: was.top + row * LEADING, ...(was.bold && { "font-weight": 700 }) });
      text.textContent = words;
      group.append(text);
    });
    group.querySelector("rect").setAttribute("height", was.height + more);
    was.note?.setAttribute("y", was.noteAt + more);
  };

  // A box that is being added stands at the foot of its column, dashed, before it is saved.
  const ghost = (column) => {
    const there = svg().querySelector(".lm-ghost");
    if (there) return there;
    const place = names().indexOf(column);
    const { x, width } = columns()[place];
    const y = Math.max(60, ...standing().filter((one) => one.column === place).map((one) => one.y + one.height + 26));
    const group = make("g", { class: "lm-ghost" });
    group.append(make("rect", { x, y, width, height: 36, rx: 6 }));
    svg().append(group);
    const high = Math.max(number(svg(), "height"), y + 120);
    svg().setAttribute("height", high);
    svg().setAttribute("viewBox", `0 0 ${number(svg(), "width")} ${high}`);
    return group;
  };

  const show = () => {
    const field = form()?.elements.text;
    if (!field) return;
    const { chosen } = part("map").dataset;
    const adding = new URL(form().action).pathname.match(/\/nodes\/add\/(\w+)\/$/);
    if (adding && (field.value || svg().querySelector(".lm-ghost"))) write(ghost(adding[1]), field.value);
    else if (/\/nodes\/[^/]+\/$/.test(location.pathname) && box(chosen)) write(box(chosen), field.value);
  };

  document.addEventListener("input", (event) => event.target.name === "text" && event.target.form === form() && show());
  document.addEventListener("lm:typed", show);

  // --- one box at a time takes part in Tab ---

  const rove = (key) => {
    last = box(key) ? key : (keyOf(boxes()[0] ?? { getAttribute: () => "/nodes/-/" }));
    for (const one of boxes()) one.setAttribute("tabindex", keyOf(one) === last ? 0 : -1);
  };

  const ready = () => {
    drawn = new WeakMap();
    rove(part("map").dataset.chosen || last);
    if (form()?.elements.text && form().elements.text.value !== form().elements.text.defaultValue) show();
    if (way) stop();
  };
  document.addEventListener("lm:drawn", ready);
  document.addEventListener("focusin", (event) => {
    const one = event.target.closest?.("[data-part=map] svg a");
    if (one) rove(keyOf(one));
  });

  // --- keys ---

  const go = (one) => {
    if (!one) return;
    settle(one.element);
    if (way) draw(one);
  };

  const beside = (here, step) => {
    const column = standing().filter((one) => one.column === here.column);
    return column[column.findIndex((one) => one.key === here.key) + step];
  };

  // Along the surest arrow; where there is none, to the nearest box in the next column that has any.
  const along = (here, step) => {
    const all = standing();
    const [from, to] = step > 0 ? [0, 1] : [1, 0];
    const ways = JSON.parse(part("map").dataset.ways).filter((one) => one[from] === here.key);
    const surest = ways.sort((a, b) => (a[2] || "E").localeCompare(b[2] || "E"))[0];
    if (surest && !way) return all.find((one) => one.key === surest[to]);
    const next = all.filter((one) => (one.column - here.column) * step > 0);
    const column = step > 0 ? Math.min(...next.map((one) => one.column)) : Math.max(...next.map((one) => one.column));
    return next.filter((one) => one.column === column).sort((a, b) => Math.abs(a.middle - here.middle) - Math.abs(b.middle - here.middle))[0];
  };

  const move = (key, to) => inTurn(async () => {
    await post(`nodes/${key}/move/`, { way: to });
    settle(box(key));
  });

  const connect = (source, target, grade) => {
    const words = `${nameOf(source)} から ${nameOf(target)} へ、${grade ? `根拠 ${grade} で` : ""}つなぎました。`;
    return post(`arrows/add/?from=${source}`, { source, target, evidence: grade, reason: "" }, words);
  };

  // --- an arrow by keys ---

  const draw = (one) => {
    const from = standing().find((other) => other.key === way.source);
    stretch(from, { x: one.x, y: one.middle });
    say(`${nameOf(way.source)} から ${nameOf(one.key)} へ。根拠は ${way.grade || "まだ決めない"}。Enter でつなぎます。`);
  };
  const stretch = (from, to) => {
    svg().querySelector(".lm-reach")?.remove();
    const [x, y] = [from.x + from.width, from.middle];
    const bend = Math.max(30, Math.abs(to.x - x) / 2);
    svg().append(make("path", { class: "lm-reach", d: `M${x} ${y}C${x + bend} ${y} ${to.x - bend} ${to.y} ${to.x} ${to.y}` }));
  };
  const begin = (key) => {
    way = { source: key, grade: "" };
    box(key).classList.add("lm-from");
    say(`${nameOf(key)} から、どの箱へつなぎますか。矢印キーで選び、A〜D で根拠、Enter でつなぎます。Esc でやめます。`);
  };
  const stop = () => {
    way = null;
    svg().querySelector(".lm-reach")?.remove();
    svg().querySelector(".lm-from")?.classList.remove("lm-from");
  };
  const finish = (key) => {
    const { source, grade } = way;
    stop();
    if (source === key) return say("つなぐのをやめました。");
    return inTurn(async () => {
      await connect(source, key, grade);
      if (!part("panel").querySelector(".z-errors")) settle(box(key));
    });
  };

  const add = (place) => inTurn(() => open(`${root}nodes/add/${names()[place]}/`));
  const STEPS = { ArrowUp: [beside, -1, "up"], ArrowDown: [beside, 1, "down"], ArrowLeft: [along, -1, "left"], ArrowRight: [along, 1, "right"] };

  const onBox = (event, here) => {
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    if (STEPS[key]) return event.altKey ? move(here.key, STEPS[key][2]) : go(STEPS[key][0](here, STEPS[key][1]));
    if (event.altKey) return false;
    if (way && GRADES.includes(key)) return ((way.grade = key), draw(here));
    if (way && key === "Enter") return finish(here.key);
    if (key === "Enter") return inTurn(() => open(`${root}nodes/${here.key}/`));
    if (key === "N") return add(here.column);
    if (/^[1-6]$/.test(key)) return add(Number(key) - 1);
    if (key === "C") return way ? stop() : begin(here.key);
    if (key === "Delete" || key === "Backspace") return inTurn(() => open(`${root}nodes/${here.key}/remove/`));
    return false;
  };

  const undo = (to) => {
    const button = part("head").querySelector(`form[action$="/${to}/"] button`);
    if (button.disabled) say(to === "back" ? "これより前の下書きは、ありません。" : "やり直せることは、ありません。", true);
    else button.form.requestSubmit(button);
  };

  const anywhere = (event) => {
    if (event.target.closest?.("input, textarea, select, dialog")) return false;
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && key === "z") return undo(event.shiftKey ? "forward" : "back");
    if ((event.ctrlKey || event.metaKey) && key === "y") return undo("forward");
    if (event.key === "?") return help.showModal();
    return false;
  };

  const leave = (event) => {
    if (way) return (stop(), say("つなぐのをやめました。"));
    if (part("panel").contains(event.target) && last) return settle(box(last));
    return false;
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || help.open) return;
    const one = event.target.closest?.("[data-part=map] svg a");
    const here = one && standing().find((other) => other.element === one);
    let done = event.key === "Escape" ? leave(event) : anywhere(event);
    if (done === false && here && !event.ctrlKey && !event.metaKey) done = onBox(event, here);
    if (done !== false) event.preventDefault();
  });

  document.addEventListener("click", (event) => event.target.closest?.("[data-help]") && help.showModal());
  document.addEventListener("DOMContentLoaded", ready);

  return { svg, make, number, columns, names, standing, stretch, connect };
})();
