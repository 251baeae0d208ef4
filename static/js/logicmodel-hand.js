// The editor's extras for a pointer: a box is taken to another place, a line is drawn from its handle to another box.
(() => {
  "use strict";
  const { part, box, inTurn, open, post, settle, root, say } = Editor;
  const { svg, make, columns, names, standing, stretch, connect } = Board;
  const FAR = 6; // px before a press becomes a drag
  let held = null; // { from, x, y, isLine, isMoving, goal }
  let wasDragged = false;

  const at = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg().getScreenCTM().inverse());
    return { x: point.x, y: point.y };
  };
  const under = ({ x, y }, but) => standing().find((one) => one.key !== but && x >= one.x - 8 && x <= one.x + one.width + 8 && y >= one.y - 8 && y <= one.y + one.height + 8);

  const showHandle = (one) => {
    svg().querySelector(".lm-handle")?.remove();
    if (!one) return;
    const handle = make("circle", { class: "lm-handle", cx: one.x + one.width, cy: one.middle, r: 8 });
    handle.dataset.key = one.key;
    svg().append(handle);
  };

  const goalOf = ({ x, y }, from) => {
    const near = columns().map((column, place) => [Math.abs(x - column.x - column.width / 2), place]).sort((a, b) => a[0] - b[0])[0][1];
    const there = standing().filter((one) => one.column === near && one.key !== from.key);
    const next = there.find((one) => one.middle > y);
    const above = next ? there[there.indexOf(next) - 1] : there.at(-1);
    const top = next ? (above ? (above.y + above.height + next.y) / 2 : next.y - 14) : above ? above.y + above.height + 14 : 68;
    return { column: names()[near], before: next?.key ?? "", x: columns()[near].x, width: columns()[near].width, y: top };
  };

  const showGoal = (goal) => {
    svg().querySelector(".lm-goal")?.remove();
    if (goal) svg().append(make("rect", { class: "lm-goal", x: goal.x, y: goal.y - 2, width: goal.width, height: 4, rx: 2 }));
  };

  const letGo = () => {
    svg().querySelectorAll(".lm-goal, .lm-reach").forEach((one) => one.remove());
    const moved = held && box(held.from.key);
    moved?.removeAttribute("transform");
    moved?.classList.remove("lm-held");
    held = null;
  };

  document.addEventListener("pointerdown", (event) => {
    wasDragged = false;
    if (event.button || event.pointerType === "touch") return;
    const handle = event.target.closest?.(".lm-handle");
    const one = event.target.closest?.("[data-part=map] svg a");
    if (!handle && !one) return;
    const from = standing().find((other) => (handle ? other.key === handle.dataset.key : other.element === one));
    held = { from, ...at(event), isLine: Boolean(handle), isMoving: false };
    if (handle) event.preventDefault();
  });

  document.addEventListener("pointermove", (event) => {
    if (!held) return hover(event);
    const now = at(event);
    if (!held.isMoving && Math.hypot(now.x - held.x, now.y - held.y) < FAR) return;
    held.isMoving = wasDragged = true;
    if (held.isLine) {
      held.goal = under(now, held.from.key);
      stretch(held.from, held.goal ? { x: held.goal.x, y: held.goal.middle } : now);
    } else {
      box(held.from.key).classList.add("lm-held");
      box(held.from.key).setAttribute("transform", `translate(${now.x - held.x} ${now.y - held.y})`);
      held.goal = goalOf(now, held.from);
      showGoal(held.goal);
    }
  });

  const hover = (event) => {
    if (event.pointerType === "touch" || event.target.closest?.(".lm-handle")) return;
    const one = event.target.closest?.("[data-part=map] svg a");
    if (one) showHandle(standing().find((other) => other.element === one));
    else if (!event.target.closest?.("[data-part=map] svg")) showHandle(null);
  };

  const link = (from, to) => inTurn(async () => {
    if (await connect(from.key, to.key, "")) await open(`${root}arrows/${from.key}/${to.key}/`);
  });

  const carry = (from, { column, before }) => inTurn(async () => {
    await post(`nodes/${from.key}/move/`, { column, before });
    settle(box(from.key));
  });

  document.addEventListener("pointerup", () => {
    if (!held) return;
    const { from, goal, isLine, isMoving } = held;
    letGo();
    if (!isMoving) return;
    if (isLine && !goal) say("ほかの箱の上で離すと、つながります。");
    else if (isLine) link(from, goal);
    else carry(from, goal);
  });

  document.addEventListener("pointercancel", letGo);
  document.addEventListener("lm:drawn", () => (held = null));
  document.addEventListener("keydown", (event) => event.key === "Escape" && held && letGo());
  document.addEventListener("dragstart", (event) => event.target.closest?.("[data-part=map]") && event.preventDefault());
  document.addEventListener("click", (event) => {
    if (wasDragged && part("map").contains(event.target)) event.preventDefault();
    wasDragged = false;
  }, true);
})();
