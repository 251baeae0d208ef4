// The editor of a logic model with a script: the same addresses and forms as without, but the page stays.
// What the server drew is put in the place of what was there, part by part; nothing is saved or drawn here.
const Editor = (() => {
  "use strict";
  const PARTS = ["crumbs", "head", "map", "panel", "below"];
  const EVERY = 4_000; // ask what others saved
  const SHOWN = 8_000; // how long what happened stands on the page
  const AWAY = "つながっていません。書いた言葉はこの画面に残っています。つながったら保存します。";
  const LEFT_OUT = ["csrfmiddlewaretoken"];
  const root = document.querySelector("[data-editor]").dataset.editor;
  const said = document.querySelector("[data-said]");
  const help = document.querySelector("[data-keys]");
  const ours = /^(|words\/|tidy\/|mend\/|back\/|forward\/|(nodes|arrows|assumptions)\/.*)$/;
  let isAway = false;
  let waiting = null; // the form that could not be sent
  let line = Promise.resolve();
  let saying = 0;

  document.documentElement.classList.add("lm-live");

  const part = (name, page = document) => page.querySelector(`[data-part=${name}]`);
  const boxes = () => [...part("map").querySelectorAll("svg a")];
  const keyOf = (box) => decodeURIComponent(box.getAttribute("href").match(/\/nodes\/([^/]+)\//)[1]);
  const box = (key) => boxes().find((one) => keyOf(one) === key);
  const form = (page = document) => part("panel", page)?.querySelector("form:has([name=seen])");
  const isOurs = (url) => url.origin === location.origin && url.pathname.startsWith(root) && ours.test(url.pathname.slice(root.length));
  const isNarrow = () => matchMedia("(width < 768px)").matches; // the panel stands above the picture
  const inTurn = (job) => (line = line.then(job, job));

  const say = (words, isWrong = false) => {
    said.classList.toggle("lm-said--wrong", isWrong);
    said.textContent = said.textContent === words ? `${words}\u200b` : words;
    clearTimeout(saying);
    if (!isWrong) saying = setTimeout(() => (said.textContent = ""), SHOWN);
  };

  // --- words not saved yet ---

  const differs = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.options) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
    return "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue;
  };
  const isRefused = () => Boolean(part("panel").querySelector(".z-errors"));
  const isDirty = () => Boolean(form()) && (isRefused() || [...form().elements].some(differs));
  const place = () => `lm:${location.pathname}`;

  const keep = () => {
    if (!isDirty()) return sessionStorage.removeItem(place());
    const fields = [...new FormData(form())].filter(([name]) => !LEFT_OUT.includes(name));
    sessionStorage.setItem(place(), JSON.stringify(fields));
  };

  const bringBack = () => {
    const kept = JSON.parse(sessionStorage.getItem(place()) ?? "[]");
    if (!form() || isRefused() || kept.length === 0) return;
    fill(kept);
    if (isDirty()) say("保存していない言葉を、欄に戻しました。");
  };

  // --- asking the server ---

  const cutOff = () => {
    isAway = true;
    say(AWAY, true);
    return null;
  };

  const ask = async (url, options = {}) => {
    let answer, text;
    try {
      answer = await fetch(url, { cache: "no-store", ...options });
      text = await answer.text();
    } catch {
      return cutOff();
    }
    if (isAway) say("つながりました。");
    isAway = false;
    const page = new DOMParser().parseFromString(text, "text/html");
    return { page, status: answer.status, url: new URL(answer.url), isDone: answer.redirected, isDraft: Boolean(page.querySelector("[data-editor]")) };
  };

  // --- putting in what the server drew ---

  const mark = () => {
    const at = document.activeElement;
    const key = at?.closest?.("[data-part=map] svg a") ? keyOf(at) : "";
    const deed = at?.form && at.type === "submit" ? [at.form.getAttribute("action"), at.value] : null;
    return { at, key, deed, row: key ? boxes().indexOf(at) : -1, address: at?.getAttribute?.("href"), id: at?.id };
  };

  const again = ({ key, deed, row, address, id }) => {
    const among = (selector) => [...document.querySelectorAll(`[data-part] ${selector}`)];
    if (key) return box(key) ?? boxes()[Math.min(row, boxes().length - 1)];
    if (deed) return among("form button").find((one) => !one.disabled && one.form.getAttribute("action") === deed[0] && one.value === deed[1]);
    return (id && document.getElementById(id)) || (address && among("a[href]").find((one) => one.getAttribute("href") === address));
  };

  const settle = (element) => {
    const last = box(part("map").dataset.chosen) ?? part("panel");
    const next = element?.isConnected ? element : last;
    next.focus({ preventScroll: true });
    if (next.getBoundingClientRect().height < innerHeight / 2) next.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const swap = ({ page, url }, { keepPanel = false, push = true } = {}) => {
    const before = mark();
    const picture = document.querySelector(".lm-picture");
    const [left, top] = [picture.scrollLeft, picture.scrollTop];
    for (const name of PARTS) {
      const fresh = part(name, page);
      if (fresh && !(keepPanel && name === "panel")) part(name).replaceWith(document.adoptNode(fresh));
    }
    document.title = page.title;
    if (push && url.href !== location.href) history.pushState(null, "", url);
    document.querySelector(".lm-picture").scrollTo(left, top);
    document.querySelectorAll("main .z-notice").forEach((notice) => notice.remove());
    if (keepPanel) renew();
    document.dispatchEvent(new Event("lm:drawn"));
    if (!before.at?.isConnected || before.at === document.body) return again(before);
    return before.at;
  };

  // Buttons of a panel that stays act on what stands now; its form still says what it had shown.
  const renew = () => {
    for (const field of part("panel").querySelectorAll("form:not(:has([name=seen])) [name=version]")) field.value = part("map").dataset.version;
  };

  const told = (page) => {
    const notices = [...page.querySelectorAll(".z-notice")];
    return { words: notices.map((notice) => notice.textContent.trim()).join(" "), isWrong: notices.some((notice) => notice.matches(".z-notice--wrong")) };
  };

  // --- what people do ---

  const refuse = (answer) => {
    say(answer.status === 404 ? "これは、ほかの人が消しました。書いた言葉は、欄に残っています。" : "保存できませんでした。別の画面でログインし直してから、もう一度押してください。書いた言葉は、この画面に残っています。", true);
    return false;
  };

  const written = (sent) => [...new FormData(sent)].filter(([name]) => !["csrfmiddlewaretoken", "version", "seen"].includes(name));

  const fill = (fields) => {
    for (const [name, value] of fields) if (form()?.elements[name]) form().elements[name].value = value;
    document.dispatchEvent(new Event("lm:typed"));
  };

  const send = async (url, body, words = "保存しました。", sent = null) => {
    const before = sent && JSON.stringify(written(sent));
    const answer = await ask(url, { method: "POST", body });
    if (!answer) return false;
    if (!answer.isDraft) return refuse(answer);
    const { words: heard, isWrong } = told(answer.page);
    const since = sent?.isConnected && JSON.stringify(written(sent)) !== before ? written(sent) : []; // typed on the way
    sessionStorage.removeItem(place());
    const focus = swap(answer);
    fill(since);
    keep();
    const errors = part("panel").querySelector("[data-focus]");
    settle(errors ?? focus);
    if (!errors) say(heard || words, isWrong);
    return answer.isDone && !isWrong;
  };

  const submit = async (sent, button) => {
    const isPanel = sent === form();
    const body = new URLSearchParams(new FormData(sent, button));
    waiting = isPanel ? sent : null;
    const isDone = await send(sent.action, body, undefined, isPanel ? sent : null);
    if (!isAway) waiting = null;
    if (isDone && isPanel && isDirty()) settle(form().elements.text);
    else if (isDone && isPanel) settle(isNarrow() ? part("panel") : box(part("map").dataset.chosen));
    return isDone;
  };

  const post = (path, fields, words) => {
    const csrfmiddlewaretoken = document.querySelector("[data-part] [name=csrfmiddlewaretoken]").value;
    return send(root + path, new URLSearchParams({ csrfmiddlewaretoken, version: part("map").dataset.version, seen: "{}", ...fields }), words);
  };

  // What is written is saved before another place is opened.
  const safe = async () => !isDirty() || (!isRefused() && (await submit(form())));

  const open = async (url, { toPanel = true, push = true, isSaved = false } = {}) => {
    if (!isSaved && !(await safe())) return false;
    const answer = await ask(url);
    if (!answer) return false;
    if (!isSaved && isDirty()) return open(url, { toPanel, push }); // somebody typed on while it was fetched
    if (!answer.isDraft) return answer.status === 404 ? openAgain() : location.assign(answer.url);
    const focus = swap(answer, { push });
    const first = part("panel").querySelector("form :is(textarea, select, input:not([type=hidden]), button), a");
    settle(toPanel ? first : focus);
    bringBack();
    return true;
  };

  const openAgain = async () => {
    await open(root, { isSaved: true, toPanel: false });
    say("これは、ほかの人が消しました。", true);
  };

  // --- what others do ---

  const look = async () => {
    if (document.hidden || help.open) return;
    const answer = await ask(location.href, { headers: { "If-None-Match": part("map").dataset.revision } });
    if (!answer || answer.status === 304) return sendWaiting();
    if (!answer.isDraft) return answer.status === 404 && !isDirty() ? openAgain() : null;
    const isBusy = isDirty() || part("panel").contains(document.activeElement);
    if (isBusy) showTheirs(form(answer.page));
    settle(swap(answer, { keepPanel: isBusy, push: false }));
    say(document.querySelector(".lm-heading__deeds p").textContent);
    return sendWaiting();
  };

  const sendWaiting = () => waiting?.isConnected && submit(waiting);

  // Somebody changed the very thing that is open here: their words beside one's own.
  const showTheirs = (fresh) => {
    const mine = form();
    if (!fresh || !mine || fresh.elements.seen.value === mine.elements.seen.value) return;
    const now = fresh.elements.text?.value;
    const note = part("panel").querySelector(".lm-theirs") ?? document.createElement("p");
    note.className = "lm-theirs";
    note.textContent = now === undefined ? "ほかの人が、ここを直しました。保存すると、両方を確かめられます。" : `ほかの人が、ここを直しました：「${now}」`;
    mine.before(note);
  };

  // --- wiring ---

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-part] a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.getAttribute("href"), location.href);
    if (!isOurs(url) || url.hash) return;
    event.preventDefault();
    const isBox = Boolean(link.closest("svg"));
    if (isBox) link.focus({ preventScroll: true });
    inTurn(() => open(url, { toPanel: !isBox || isNarrow() }));
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.closest("[data-part]") || !isOurs(new URL(event.target.action))) return;
    event.preventDefault();
    const { target, submitter } = event;
    const isPanel = target === form();
    inTurn(async () => target.isConnected && (isPanel || (await safe())) && submit(target.isConnected ? target : twin(target), submitter));
  });

  const twin = (gone) => [...document.querySelectorAll("[data-part] form")].find((one) => one.getAttribute("action") === gone.getAttribute("action"));

  document.addEventListener("input", (event) => {
    if (event.target.form && event.target.form === form()) keep();
  });

  document.addEventListener("keydown", (event) => {
    const isLine = event.target.matches?.("[data-one-line]") && event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (!isLine) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });

  window.addEventListener("popstate", () => inTurn(() => open(location.href, { push: false })));
  window.addEventListener("online", () => inTurn(look));
  window.addEventListener("offline", cutOff);
  window.addEventListener("beforeunload", (event) => isDirty() && event.preventDefault());
  setInterval(() => inTurn(look), EVERY);
  document.addEventListener("DOMContentLoaded", bringBack);

  return { root, help, part, boxes, box, keyOf, form, say, inTurn, open, post, settle };
})();
