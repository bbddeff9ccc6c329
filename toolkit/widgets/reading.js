// The reading desk in the browser. Text from outside only ever becomes a text node or an attribute, never markup.
// Python counts characters (code points), a browser UTF-16 units: `units` and `points` lead from one to the other.

const WORD = /[\p{L}\p{M}\p{N}]+(?:[-‐‑'’.,][\p{L}\p{M}\p{N}]+)*|[^\s\p{L}\p{M}\p{N}]/gu;
const HELP = "With the mouse: select words, then choose a label. With the keyboard: the arrow keys move from word to word "
  + "and line to line, Shift and an arrow selects more, the letter of a label marks, Delete removes a mark, Escape "
  + "cancels, Tab goes from highlight to highlight, Enter selects one.";

function make(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in node) node[key] = value; else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

function render({ model, el }) {
  const id = `desk-${Math.random().toString(36).slice(2)}`;
  const head = model.get("head"), codes = head.codes;
  const layers = make("div", { className: "layers", role: "group", "aria-label": "Layers" });
  const text = make("div", { className: "text", tabIndex: 0, role: "application", "aria-label": "Text of the article",
    "aria-describedby": `${id}-help` });
  const status = make("p", { className: "status", role: "status", "aria-live": "polite" });
  const code = make("code"), pages = make("div", { className: "pages" });
  const buttons = codes.map(({ label, key, definition }) => button(`Mark as ${label}`, definition, () => mark(label),
    make("kbd", {}, key), " ", make("bdi", {}, label)));
  const undo = button("Undo", "", () => send({ do: "undo" }), "Undo");
  const help = make("details", { className: "help" }, make("summary", {}, "Keys and labels"), make("p", { id: `${id}-help` }, HELP),
    make("dl", {}, ...codes.flatMap((c) => [make("dt", {}, make("kbd", {}, c.key), ` ${c.label}`), make("dd", {}, c.definition)])));
  const desk = make("section", { className: "reading-desk", "aria-label": "Reading desk", "data-lm-suppress-shortcuts": "true" },
    make("h3", { dir: "auto" }, head.title), make("p", { className: "dateline", dir: "auto" }, head.dateline), layers);
  if (codes.length) desk.append(make("div", { className: "labels", role: "group", "aria-label": "Mark the selected words" }, ...buttons, undo));
  desk.append(pages, text, status, make("p", { className: "code" }, "The same in code: ", code), help);
  el.replaceChildren(desk);

  let runs = [], words = [], units = [], points = [], from = -1, at = -1, waiting = 0;

  function button(name, title, click, ...children) {
    // The selection must outlive the press, so the press does not move the focus.
    return make("button", { type: "button", "aria-label": name, title, onclick: click, onmousedown: (e) => e.preventDefault() }, ...children);
  }

  function drawControls() {
    const shown = model.get("shown"), { layers: all, parts, note } = model.get("page"), part = model.get("part");
    layers.replaceChildren(...all.map(({ name, letter, count }, i) => {
      const box = make("input", { type: "checkbox", checked: shown.includes(name), onchange: () => {
        model.set("shown", all.map((l) => l.name).filter((n) => (n === name ? box.checked : model.get("shown").includes(n))));
        model.save_changes();
      } });
      const sample = make("span", { className: name === head.own ? "own" : `layer style${i % 5}` }, letter || "✎");
      return make("label", {}, box, sample, " ", make("bdi", {}, name), ` (${count.toLocaleString("en")})`);
    }));
    const turn = (by) => () => { model.set("part", part + by); model.save_changes(); text.focus(); text.scrollTop = 0; };
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
  }

  function tag(m, whole) {
    const words = whole.slice(m.start, Math.min(m.end, m.start + 80)), letter = m.own ? m.key : m.layer.letter;
    const name = `${m.layer.name} ${m.n + 1}${m.label ? `, ${m.label}` : ""}: ${words}${m.own ? ". Delete removes it" : ""}`;
    const node = button(name, m.label || m.layer.name, () => { text.focus(); from = at = -1; select(m.start, m.end); say(`Selected: ${words}`); }, letter);
    node.className = m.own ? "tag own-tag" : "tag";
    if (m.own) node.dataset.mark = m.mark;
    return node;
  }

  // What is selected in the text, as UTF-16 offsets in this part, or null.
  function selected() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    let start = Infinity, end = -1;
    for (const { node, start: at } of runs) {
      if (!range.intersectsNode(node)) continue;
      const a = range.startContainer === node ? range.startOffset : 0, b = range.endContainer === node ? range.endOffset : node.length;
      if (a < b) { start = Math.min(start, at + a); end = Math.max(end, at + b); }
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
    const now = selected(), whole = model.get("page").text;
    if (at < 0 || !now || now[0] !== words[Math.min(from, at)][0] || now[1] !== words[Math.max(from, at)][1]) {
      from = now ? words.findIndex((w) => w[1] > now[0]) : -1;
      at = now ? words.findLastIndex((w) => w[0] < now[1]) : -1;
      if (from < 0 || !more) from = at;
    }
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const target = at < 0 ? 0 : step ? at + step : line(at, key === "ArrowDown" ? 1 : -1);
    at = Math.min(Math.max(target, 0), words.length - 1);
    if (!more || from < 0) from = at;
    const start = words[Math.min(from, at)][0], end = words[Math.max(from, at)][1];
    select(start, end);
    const seen = rangeOf(...words[at]).getBoundingClientRect(), box = text.getBoundingClientRect();
    if (seen.bottom > box.bottom - 8) text.scrollTop += seen.bottom - box.bottom + 40;
    if (seen.top < box.top + 8) text.scrollTop -= box.top - seen.top + 40;
    say(more ? `Selected: ${whole.slice(start, end)}` : whole.slice(start, end));
  }

  // The word above or below: on the next line that way, the one whose left edge is nearest.
  function line(index, by) {
    const place = (i) => rangeOf(...words[i]).getBoundingClientRect(), here = place(index);
    let best = index, there = null, least = Infinity;
    for (let i = index + by; i >= 0 && i < words.length; i += by) {
      const rect = place(i);
      if (Math.abs(rect.top - here.top) < here.height / 2) continue;
      there ??= rect.top;
      if (Math.abs(rect.top - there) >= here.height / 2) break;
      if (Math.abs(rect.left - here.left) < least) { least = Math.abs(rect.left - here.left); best = i; }
    }
    return best;
  }

  function mark(label) {
    const now = selected(), start = model.get("page").start;
    if (!now) return say("First select some words in the text.");
    send({ do: "mark", start: start + points[now[0]], end: start + points[now[1] - 1] + 1, label });
  }

  function remove() {
    const focused = document.activeElement?.dataset?.mark, now = selected();
    const own = model.get("page").layers.find((l) => l.name === head.own)?.spans ?? [];
    const hit = now && own.filter(([a, b]) => units[a] < now[1] && units[b] > now[0]).sort((a, b) => a[1] - a[0] - b[1] + b[0])[0];
    const mark = focused ?? hit?.[4];
    if (!mark) return say("There is no mark of yours here.");
    text.focus();
    send({ do: "remove", id: mark });
  }

  function send(message) {
    model.send(message);
    const mine = ++waiting;
    setTimeout(() => { if (mine === waiting) say("Not saved: Python does not answer. Is the kernel running? Run the cell again."); }, 5000);
  }

  function say(words) { status.textContent = words; }

  desk.addEventListener("keydown", (event) => {
    event.stopPropagation(); // a notebook has commands on bare letters: none of them is meant here
    const inText = text.contains(event.target);
    if (!inText || event.ctrlKey && event.key !== "z" || event.metaKey && event.key !== "z" || event.altKey) return;
    const code = codes.find(({ key }) => event.key.toLowerCase() === key.toLowerCase() || event.code === `Key${key.toUpperCase()}`);
    if (event.key.startsWith("Arrow") && words.length) { text.focus(); move(event.key, event.shiftKey); }
    else if ((event.ctrlKey || event.metaKey) && codes.length) send({ do: "undo" });
    else if (event.ctrlKey || event.metaKey) return;
    else if (event.key === "Escape") { document.getSelection().removeAllRanges(); from = at = -1; text.focus(); say("Selection cancelled."); }
    else if ((event.key === "Delete" || event.key === "Backspace") && codes.length) remove();
    else if (code) mark(code.label);
    else return;
    event.preventDefault();
  });

  function drawPage() {
    const now = text.contains(document.activeElement) && selected(), scroll = text.scrollTop, start = model.get("page").start;
    drawControls();
    drawText();
    if (now && desk.dataset.start === String(start) && now[1] <= model.get("page").text.length) select(...now);
    desk.dataset.start = start;
    text.scrollTop = scroll;
  }
  const told = () => say(model.get("says")), answered = () => { waiting++; told(); };
  const coded = () => { code.textContent = model.get("code"); code.parentNode.hidden = !model.get("code"); };
  const heard = { "change:page": drawPage, "change:shown": drawPage, "change:says": told, "change:code": coded, "change:answered": answered };
  for (const [name, hear] of Object.entries(heard)) model.on(name, hear);
  drawPage(); told(); coded();
  return () => { for (const [name, hear] of Object.entries(heard)) model.off(name, hear); };
}

export default { render };
