// Saves what is being written every half minute, and on leaving a field that has waited long.
// The form is complete without this file: every button saves. Files wait for a button.
(() => {
  "use strict";
  const form = document.querySelector("form[data-draft]");
  const told = document.querySelector("[data-told]");
  const EVERY = 30_000;
  const MINUTE = 60_000;
  const LARGEST_LAST = 60_000; // bytes a browser still sends of a page being left
  const differs = (field) => (field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked : "defaultValue" in field && field.value !== field.defaultValue);
  let changed = [...form.elements].some(differs); // on a slow line people write before this file arrives
  let busy = false;
  let savedAt = Date.now();
  let toldAt = 0;

  const tell = (words) => {
    if (told.textContent !== words) told.textContent = words;
  };
  const show = (name, words) => {
    const place = document.querySelector(`[data-${name}]`);
    if (place) place.textContent = words;
  };

  const written = () => {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
    fields.set("go", "keep");
    return fields;
  };

  const keep = async () => {
    if (!changed || busy) return;
    if (!navigator.onLine) return away();
    busy = true;
    changed = false;
    const body = written();
    try {
      const answer = await fetch(form.action, { method: "POST", body, keepalive: body.toString().length < LARGEST_LAST });
      const said = await answer.json();
      if (!answer.ok) throw new Error(said.wrong);
      done(said);
    } catch (refusal) {
      changed = true;
      tell(refusal instanceof TypeError || refusal instanceof SyntaxError || !refusal.message ? "まだ保存できていません。つながりしだい、もう一度保存します。" : refusal.message);
    } finally {
      busy = false;
    }
  };

  const done = ({ saved, until }) => {
    savedAt = Date.now();
    show("saved", saved);
    show("until", until);
    if (savedAt - toldAt < MINUTE && !told.dataset.away) return;
    toldAt = savedAt;
    delete told.dataset.away;
    tell(`${saved} に保存しました。`);
  };

  const away = () => {
    told.dataset.away = "yes";
    tell("いまインターネットにつながっていません。書いた文はこの画面に残っています。つながったら保存します。");
  };

  form.addEventListener("input", () => (changed = true));
  form.addEventListener("focusout", () => Date.now() - savedAt > EVERY && keep());
  form.addEventListener("submit", () => (changed = false));
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  window.addEventListener("offline", away);
  window.addEventListener("online", () => {
    changed = true;
    keep();
  });
  setInterval(keep, EVERY);
  if (!navigator.onLine) away();
})();
