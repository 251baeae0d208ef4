// Extras for forms: counters by what a person sees, focus on the error summary, one sending a press.
// Every page is complete without this file.
(() => {
  "use strict";
  const letters = new Intl.Segmenter("ja", { granularity: "grapheme" });
  const length = (text) => [...letters.segment(text.trim().replace(/\r\n?/g, "\n"))].length;

  const show = (count) => {
    const limit = Number(count.dataset.limit);
    const now = length(document.getElementById(count.dataset.countFor).value);
    const over = now - limit;
    count.textContent = `${now} / ${limit.toLocaleString("ja")}字` + (over > 0 ? `（${over}字 超えています）` : "");
    count.classList.toggle("z-field__count--over", over > 0);
  };
  document.querySelectorAll("[data-count-for]").forEach(show);
  document.addEventListener("input", ({ target }) => target.id && document.querySelectorAll(`[data-count-for="${target.id}"]`).forEach(show));

  document.querySelector("[data-focus]")?.focus();

  const pressed = new WeakSet();
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (pressed.has(event.target)) event.preventDefault();
    else setTimeout(() => pressed.add(event.target));
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form").forEach((form) => pressed.delete(form));
  });
})();
