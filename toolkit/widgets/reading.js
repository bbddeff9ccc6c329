// The reading desk in the browser. Text from outside only ever becomes a text node or an attribute, never markup.
// Python counts characters (code points), a browser UTF-16 units: `units` and `points` lead from one to the other.

const WORD = /[\p{L}\p{M}\p{N}]+(?:[-‐‑'’.,][\p{L}\p{M}\p{N}]+)*|[^\s\p{L}\p{M}\p{N}]/gu;
// Words are not cut in two by a mark, but for scripts that leave no space between words.
const LETTERS = /(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}])[\p{L}\p{M}\p{N}])+/gu;
const LOST = "Nothing is saved any more: Python was restarted or has stopped. Earlier marks are kept; choose Run, then Run All Above Selected Cell, and run this cell.";

function make(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in node) node[key] = value; else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

function render({ model, el }) {
  const id = `desk-${Math.random().toString(36).slice(2)}`, head = model.get("head"), codes = head.codes;
  const layers = make("div", { className: "layers", role: "group", "aria-label": "Layers" });
  const text = make("div", { className: "text", tabIndex: 0, role: "application", "aria-label": "Text of the article",
    "aria-describedby": `${id}-help` });
  const status = make("p", { className: "status", role: "status", "aria-live": "polite" });
  const code = make("code"), pages = make("div", { className: "pages" });
  const buttons = codes.map(({ label, key, definition }) => button(`Mark as ${label}`, definition, () => mark(label),
    make("kbd", {}, key), " ", make("bdi", {}, label)));
  const undo = button("Undo", "", () => send({ do: "undo" }), "Undo");
  const help = make("details", { className: "help" }, make("summary", {}, "Keys and labels"), make("p", { id: `${id}-help` }, head.help),
    make("dl", {}, ...codes.flatMap((c) => [make("dt", {}, make("kbd", {}, c.key), ` ${c.label}`), make("dd", {}, c.definition)])));
  const desk = make("section", { className: "reading-desk", tabIndex: -1, "aria-label": "Reading desk", "data-lm-suppress-shortcuts": "true" },
    make("h3", { dir: "auto" }, head.title), make("p", { className: "dateline", dir: "auto" }, head.dateline), layers);
  if (codes.length) desk.append(make("div", { className: "labels", role: "group", "aria-label": "Mark the selected words" }, ...buttons, undo));
  desk.append(help, pages, text, status, make("p", { className: "code" }, "The same in code: ", code));
  el.replaceChildren(desk);

  let runs = [], words = [], units = [], points = [], from = -1, at = -1, waiting = 0, gone = false;
  const seen = new Set();

  function button(name, title, click, ...children) {
    // The selection must outlive the press, so the press does not move the focus.
    return make("button", { type: "button", "aria-label": name, title, onclick: click, onmousedown: (e) => e.preventDefault() }, ...children);
  }

  // The boxes are made once: one that is rebuilt under the finger loses the focus.
  const boxes = model.get("page").layers.map(({ name, letter }, i) => {
    const box = make("input", { type: "checkbox", onchange: () => {
      say(`${name} ${box.checked ? `shown: ${model.get("page").layers[i].count}` : "hidden"}.`);
      put("shown", boxes.filter((b) => b.box.checked).map((b) => b.name));
    } });
    const count = document.createTextNode(""), sample = make("span", { className: name === head.own ? "own" : `layer style${i % 5}` }, letter || "✎");
    layers.append(make("label", {}, box, sample, " ", make("bdi", {}, name), count));
    return { name, box, count };
  });

  function put(name, value) { model.set(name, value); model.save_changes(); if (gone) lost(); }

  function drawControls() {
    const shown = model.get("shown"), part = model.get("part");
    const { layers: all, parts, note } = model.get("page");
    boxes.forEach(({ name, box, count }, i) => {
      box.checked = shown.includes(name);
      if (box.checked) seen.add(name); // a number once seen stays beside the name
      count.data = ` (${seen.has(name) ? all[i].count.toLocaleString("en") : "?"})`;
    });
    const turn = (by) => () => { put("part", part + by); text.focus(); text.scrollTop = 0; };
    pages.replaceChildren(make("span", {}, note));
    if (parts > 1) pages.append(
      Object.assign(button("Earlier part of the text", "", turn(-1), "◂ earlier"), { disabled: part === 0 }),
      Object.assign(button("Later part of the text", "", turn(1), "later ▸"), { disabled: part === parts - 1 }));
  }

  // Cut the text wherever a highlight begins or ends; each piece sits inside one element for every highlight on it.
  function drawText() {
    const { text: whole, layers: all } = model.get("page"), shown = model.get("shown");
    units = [0]; points = [];
    for (const character of whole) {
      for (let i = 0; i < character.length; i++) points.push(units.length - 1);
      units.push(units.at(-1) + character.length);
    }
    points.push(units.length - 1);
    words = Array.from(whole.matchAll(WORD), (m) => [m.index, m.index + m[0].length]);
    const marks = all.flatMap((layer, i) => !shown.includes(layer.name) ? [] : layer.spans.map(([start, end, label, key, mark], n) =>
      ({ start: units[start], end: units[end], layer, label, key, mark, n, own: layer.name === head.own, style: `style${i % 5}` })));
    const gaps = Array.from(whole.matchAll(/\n\n+/g), (m) => [m.index, m.index + m[0].length]);
    const cuts = [...new Set([0, whole.length, ...marks.flatMap((m) => [m.start, m.end]), ...gaps.flat()])].sort((a, b) => a - b);
    const begins = marks.reduce((map, m) => map.set(m.start, [...(map.get(m.start) ?? []), m]), new Map());
    let paragraph = make("p", { dir: "auto" }), on = [], gap = 0;
    const body = document.createDocumentFragment();
    runs = [];
    body.append(paragraph);
    cuts.slice(0, -1).forEach((start, i) => {
      const end = cuts[i + 1];
      while (gap < gaps.length && gaps[gap][1] <= start) gap++;
      on = on.filter((m) => m.end > start).concat(begins.get(start) ?? []);
      if (gap < gaps.length && gaps[gap][0] <= start) {
        if (paragraph.hasChildNodes()) body.append(paragraph = make("p", { dir: "auto" }));
        return;
      }
      for (const m of begins.get(start) ?? []) paragraph.append(tag(m, whole));
      const node = document.createTextNode(whole.slice(start, end));
      runs.push({ node, start });
      paragraph.append(on.reduce((inner, m) => make("span", { className: m.own ? "own" : `layer ${m.style}` }, inner), node));
    });
    text.replaceChildren(body);
    tags().forEach((node, i) => { node.tabIndex = i ? -1 : 0; });
  }

  // The tags are one stop of the Tab key, so that there is a short way out of the text.
  function tags() { return [...text.querySelectorAll(".tag")]; }
  function rove(here, there) { here.tabIndex = -1; there.tabIndex = 0; there.focus(); }

  function tag(m, whole) {
    const words = whole.slice(m.start, Math.min(m.end, m.start + 80));
    const name = `${m.layer.name} ${m.n + 1}${m.label ? `, ${m.label}` : ""}: ${words}${m.own ? ". Delete removes it" : ""}`;
    const node = button(name, m.label || m.layer.name, () => { text.focus(); from = at = -1; select(m.start, m.end); say(`Selected: ${words}`); }, m.own ? m.key : m.layer.letter);
    node.className = m.own ? "tag own-tag" : "tag";
    if (m.own) node.dataset.mark = m.mark;
    return node;
  }

  // What is selected in the text, or where the caret is, as UTF-16 offsets in this part, or null.
  function selected(caret = false) {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed && !caret) return null;
    const range = selection.getRangeAt(0);
    let start = Infinity, end = -1;
    for (const { node, start: at } of runs) {
      if (!range.intersectsNode(node)) continue;
      const a = range.startContainer === node ? range.startOffset : 0, b = range.endContainer === node ? range.endOffset : node.length;
      if (a < b || range.collapsed) { start = Math.min(start, at + a); end = Math.max(end, at + b); }
    }
    return end < 0 ? null : [start, end];
  }

  function point(offset, atEnd) {
    const run = runs.findLast((r) => (atEnd ? r.start < offset : r.start <= offset)) ?? runs[0];
    return [run.node, Math.min(offset - run.start, run.node.length)];
  }

  function rangeOf(start, end) {
    const range = document.createRange();
    range.setStart(...point(start, false));
    range.setEnd(...point(end, true));
    return range;
  }

  function select(start, end) {
    const range = rangeOf(start, end), selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function move(key, more) {
    const now = selected(true), whole = model.get("page").text;
    if (at < 0 || !now || now[0] !== words[Math.min(from, at)][0] || now[1] !== words[Math.max(from, at)][1]) {
      from = now ? words.findIndex((w) => w[1] > now[0]) : -1;
      at = now ? words.findLastIndex((w) => w[0] < now[1]) : -1;
      if (from < 0 || !more) from = at;
    }
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key], ends = { Home: -1, End: 1 }[key];
    const target = at < 0 ? 0 : step ? at + step : ends ? edge(at, ends) : line(at, key === "ArrowDown" ? 1 : -1);
    at = Math.min(Math.max(target, 0), words.length - 1);
    if (!more || from < 0) from = at;
    const start = words[Math.min(from, at)][0], end = words[Math.max(from, at)][1];
    select(start, end);
    const seen = place(at), box = text.getBoundingClientRect();
    if (seen.bottom > box.bottom - 8) text.scrollTop += seen.bottom - box.bottom + 40;
    if (seen.top < box.top + 8) text.scrollTop -= box.top - seen.top + 40;
    say(more ? `Selected: ${whole.slice(start, end)}` : whole.slice(start, end));
  }

  function place(index) { return rangeOf(...words[index]).getBoundingClientRect(); }

  function edge(index, by) { // the first or last word of a line
    const { top, height } = place(index);
    while (words[index + by] && Math.abs(place(index + by).top - top) < height / 2) index += by;
    return index;
  }

  // The word above or below: on the next line that way, the one whose left edge is nearest.
  function line(index, by) {
    const here = place(index), start = edge(index, by) + by;
    if (!words[start]) return index;
    const far = (i) => Math.abs(place(i).left - here.left), end = edge(start, by);
    let best = start;
    for (let i = start; i !== end + by; i += by) if (far(i) < far(best)) best = i;
    return best;
  }

  function mark(label) {
    const now = selected(), { start, text: whole } = model.get("page");
    if (!now) return say("First select some words in the text.");
    for (const { index, 0: word } of whole.matchAll(LETTERS)) {
      if (index < now[0] && now[0] < index + word.length) now[0] = index;
      if (index < now[1] && now[1] < index + word.length) now[1] = index + word.length;
    }
    send({ do: "mark", start: start + points[now[0]], end: start + points[now[1] - 1] + 1, label });
  }

  function remove() {
    const focused = document.activeElement?.dataset?.mark, now = selected(true), caret = now && now[0] === now[1];
    const touches = (a, b) => (caret ? a <= now[0] && now[0] <= b : a < now[1] && b > now[0]);
    const own = model.get("page").layers.find((l) => l.name === head.own)?.spans ?? [];
    const hit = now && own.filter(([a, b]) => touches(units[a], units[b])).sort((a, b) => a[1] - a[0] - b[1] + b[0])[0];
    if (!focused && !hit) return say("There is no mark of yours here.");
    text.focus();
    send({ do: "remove", id: focused ?? hit[4] });
  }

  function say(words) { status.textContent = words; }

  function send(message) {
    const mine = ++waiting;
    setTimeout(() => { if (mine === waiting) say(LOST); }, 5000);
    try { model.send(message); } catch { lost(); }
  }

  desk.addEventListener("keydown", (event) => {
    event.stopPropagation(); // a notebook has commands on bare letters: none of them is meant here
    const { key, target, shiftKey } = event, command = event.ctrlKey || event.metaKey;
    if (event.altKey || command && key !== "z" && key !== "a") return;
    const code = codes.find((c) => key.toLowerCase() === c.key.toLowerCase() || event.code === `Key${c.key.toUpperCase()}`);
    const moves = key.startsWith("Arrow") || key === "Home" || key === "End", all = tags(), i = all.indexOf(target);
    if (command && key === "a") { if (words.length) select(0, model.get("page").text.length); say("Selected: all that is shown."); }
    else if (command) { if (codes.length) send({ do: "undo" }); }
    else if (i >= 0 && key.startsWith("Arrow") && !shiftKey) rove(target, all[i + (/Left|Up/.test(key) ? -1 : 1)] ?? target);
    else if (moves && (target === desk || text.contains(target))) { if (words.length) { text.focus(); move(key, shiftKey); } }
    else if (key === "Escape") { document.getSelection().removeAllRanges(); from = at = -1; text.focus(); say("Selection cancelled."); }
    else if ((key === "Delete" || key === "Backspace") && codes.length) remove();
    else if (code) mark(code.label);
    else return;
    event.preventDefault();
  });
  // A drag that began beside the desk leaves the focus there, where letters are commands.
  desk.addEventListener("pointerup", () => { if (!desk.contains(document.activeElement)) desk.focus({ preventScroll: true }); });
  text.addEventListener("click", ({ detail, target }) => {
    const inside = detail > 2 ? runs.filter(({ node }) => target.closest(".text > p")?.contains(node)) : [];
    if (inside.length) select(inside[0].start, inside.at(-1).start + inside.at(-1).node.length);
  });

  function drawPage() {
    const inText = text.contains(document.activeElement), now = desk.contains(document.activeElement) && selected();
    const scroll = text.scrollTop, { start, text: whole } = model.get("page");
    drawControls(); drawText();
    if (inText) text.focus({ preventScroll: true });
    if (now && desk.dataset.start === String(start) && now[1] <= whole.length) select(...now);
    desk.dataset.start = start;
    text.scrollTop = scroll;
  }
  const told = () => say(model.get("says")), answered = () => { waiting++; told(); };
  const coded = () => { code.textContent = model.get("code"); code.parentNode.hidden = !model.get("code"); };
  const lost = () => { gone = true; waiting++; say(LOST); }; // a desk hears of its line to Python only when that is cut
  const heard = { "change:page": drawPage, "change:shown": drawPage, "change:says": told,
    "change:code": coded, "change:answered": answered, comm_live_update: lost };
  for (const [name, hear] of Object.entries(heard)) model.on(name, hear);
  drawPage(); told(); coded();
  return () => { for (const [name, hear] of Object.entries(heard)) model.off(name, hear); };
}

export default { render };
