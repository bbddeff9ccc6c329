// The marking desk in the browser. Text from outside only ever becomes a text node or a value, never markup.
// What is chosen for an answer lives here until Python has booked it; keys pressed meanwhile wait for the answer.

const LOST = "Nothing is saved any more: Python was restarted or has stopped. Earlier marks are in the book; choose Run, then Run All Above Selected Cell, and run this cell.";
const DOES = { n: "next", p: "previous", u: "unmarked", g: "flagged", f: "flag", z: "undo", Enter: "save" };

function make(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in node) node[key] = value; else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

const number = (points) => String(Math.round(points * 1e4) / 1e4);

function render({ model, el }) {
  const id = `desk-${Math.random().toString(36).slice(2)}`, head = model.get("head");
  const kbd = (key) => make("kbd", { "aria-hidden": "true" }, key);
  const place = make("b"), code = make("span", { className: "answer-code" }), progress = make("span"), flag = make("b", { className: "flag" });
  const text = make("div", { className: "text", tabIndex: 0, role: "region", "aria-describedby": `${id}-short` });
  const note = make("p", { className: "note" }), status = make("p", { className: "status", role: "status", "aria-live": "polite" });
  const sum = make("b"), book = make("span");
  const boxes = head.rubric.map(({ points, say: words }, i) => {
    const box = make("input", { type: "checkbox", onchange: () => { own.value = ""; counted(`Item ${i + 1} ${box.checked ? "chosen" : "left out"}`); } });
    const worth = `${number(points)} ${points === 1 ? "point" : "points"}: `;
    return [box, make("label", {}, box, kbd(i < 9 ? i + 1 : " "), make("span", {}, worth, make("bdi", {}, words)))];
  });
  const own = make("input", { type: "text", inputMode: "decimal", size: 5, maxLength: 8, autocomplete: "off", oninput: () => counted("") });
  const comment = make("textarea", { rows: 2, maxLength: head.longest, dir: "auto", oninput: () => counted("") });
  const used = make("div", { className: "used", role: "group", "aria-label": "Comments used before" });
  const button = (key, name, what) => make("button", { type: "button", onclick: () => send(what) }, kbd(key), ` ${name}`);
  const buttons = [button("p", "Previous", "previous"), button("n", "Save and next", "next"), button("u", "Next unmarked", "unmarked"),
    button("g", "Next with a flag", "flagged"), button("↵", "Save", "save"), button("f", "Flag", "flag"), button("z", "Undo", "undo")];
  const details = make("details", { className: "model" }, make("summary", {}, kbd("m"), " Model answer"), ...lines(head.model));
  const help = make("details", { className: "help" }, make("summary", {}, "Keys"),
    make("dl", {}, ...head.help.flatMap(([key, does]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, does)])));
  const desk = make("section", { className: "marking-desk", tabIndex: -1, "aria-label": "Marking desk", "data-lm-suppress-shortcuts": "true" },
    make("h3", { dir: "auto" }, head.title),
    make("p", { className: "place" }, place, code, progress, flag),
    make("p", { id: `${id}-short`, className: "hidden" }, "Number keys choose items of the rubric, n saves and goes to the next answer. All keys are listed below."),
    ...(head.model ? [details] : []), text, note,
    make("div", { className: "rubric", role: "group", "aria-label": "Rubric" }, ...boxes.map(([, label]) => label)),
    make("p", { className: "points" }, make("label", {}, kbd("o"), " Points of your own ", own), make("span", {}, sum, make("br"), book)),
    make("label", { className: "comment" }, make("span", {}, kbd("t"), " Comment"), comment), used,
    make("div", { className: "buttons", role: "group", "aria-label": "Go and save" }, ...buttons), status, help);
  el.replaceChildren(desk);

  let waiting = 0, busy = false, keys = [], drawn = null, page = null;

  function lines(words) { return words.split(/\n{2,}/).map((part) => make("p", { dir: "auto" }, part)); }

  function say(words) { status.textContent = words; }

  function choice() {
    return { rubric: boxes.flatMap(([box], i) => (box.checked ? [i] : [])), own: own.value, comment: comment.value };
  }

  // What the choice is worth; `what` says what was done to it, and is announced.
  function counted(what) {
    const { rubric, own: typed } = choice();
    const points = typed.trim() || (rubric.length ? number(Math.min(head.of, rubric.reduce((all, i) => all + head.rubric[i].points, 0))) : "");
    const worth = points ? `${points} of ${number(head.of)} points` : "no points chosen";
    sum.textContent = worth + (JSON.stringify(choice()) === JSON.stringify(page.booked) ? "" : ", not saved yet");
    if (what) say(`${what}: ${worth}.`);
  }

  function take(line) {
    const has = comment.value.split("\n").includes(line);
    if (!has) comment.value = comment.value.trim() ? `${comment.value.trimEnd()}\n${line}` : line;
    text.focus();
    counted("");
    say(has ? "The comment has this already." : `Comment: ${line}`);
  }

  function none() {
    boxes.forEach(([box]) => { box.checked = false; });
    own.value = "0";
    counted("No item chosen");
  }

  // Also called when an answer of Python is heard, for the events of one message come in any order.
  function draw() {
    if (page === model.get("page")) return;
    page = model.get("page");
    const choosing = used.contains(document.activeElement), now = `${page.code} ${page.text}`;
    place.textContent = page.place; code.textContent = `code ${page.code}`; progress.textContent = page.progress;
    flag.textContent = page.flag ? "⚑ flag" : "";
    text.setAttribute("aria-label", page.place);
    if (drawn !== now) { text.replaceChildren(...lines(page.text)); text.scrollTop = 0; }
    drawn = now;
    note.textContent = page.note;
    book.textContent = `in the book: ${page.book}`;
    boxes.forEach(([box], i) => { box.checked = page.choice.rubric.includes(i); });
    own.value = page.choice.own; comment.value = page.choice.comment;
    used.replaceChildren(...page.comments.map((line, i) =>
      make("button", { type: "button", onclick: () => take(line) }, kbd(i + 1), " ", make("bdi", {}, line))));
    used.hidden = !page.comments.length;
    if (choosing) text.focus();
    counted("");
  }

  function send(what) {
    if (busy) return keys.push(what);
    const mine = ++waiting;
    busy = true;
    setTimeout(() => { if (mine === waiting) lost(); }, 5000);
    try { model.send({ do: what, code: page.code, choice: choice() }); } catch { lost(); }
  }

  function answered() {
    waiting++;
    busy = false;
    draw();
    say(model.get("says"));
    while (keys.length && !busy && !typing(document.activeElement)) press(keys.shift());
    if (!busy) keys = [];
  }

  function lost() { waiting++; busy = false; keys = []; say(LOST); }

  const typing = (node) => node === own || node === comment;
  const field = (node, words) => { node.focus(); node.select(); say(words); };

  // A key of the desk, or the name of what a button does.
  function press(key) {
    const does = DOES[key] ?? (Object.values(DOES).includes(key) ? key : null);
    if (busy) return keys.push(key);
    if (does) return send(does);
    if (/^[1-9]$/.test(key) && used.contains(document.activeElement)) return used.children[key - 1]?.click();
    if (/^[1-9]$/.test(key)) return boxes[key - 1] ? boxes[key - 1][0].click() : say(`The rubric has ${boxes.length} items.`);
    if (key === "0") return none();
    if (key === "o") return field(own, `Type points from 0 to ${number(head.of)}, then Enter.`);
    if (key === "t") return field(comment, "Type a comment, then Enter.");
    if (key === "m" && head.model) { details.open = !details.open; return say(`Model answer ${details.open ? "opened, before the answer" : "closed"}.`); }
    if (key === "c" && used.hidden) return say("No comment was used before; press t to type one.");
    if (key === "c") { used.firstChild.focus(); return say("Press the number of a comment."); }
    return null;
  }

  desk.addEventListener("keydown", (event) => {
    event.stopPropagation(); // a notebook has commands on bare letters: none of them is meant here
    const { target, key } = event, command = event.ctrlKey || event.metaKey;
    // Some keyboards have the digits on the shift level, or letters that are not Latin: then the place of the key counts.
    const digit = key.length === 1 && /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1];
    const letter = /^[^\x00-\x7f]$/.test(key) && /^Key([A-Z])$/.exec(event.code)?.[1];
    const meant = digit || (letter || key).toLowerCase();
    if (event.altKey || event.isComposing || command && (meant !== "z" || typing(target))) return;
    if (key === "Escape") { text.focus(); say("Back at the answer."); }
    else if (typing(target)) {
      if (key !== "Enter" || event.shiftKey) return;
      text.focus(); send("save");
    }
    else if (key === "Enter" && target.closest("button, summary")) return;
    else if (key === "Enter" || /^[0-9a-z]$/.test(meant)) press(key === "Enter" ? key : meant);
    else return;
    event.preventDefault();
  });
  // A click beside the controls leaves the focus there, where letters are commands of the notebook.
  desk.addEventListener("pointerup", () => { if (!desk.contains(document.activeElement)) desk.focus({ preventScroll: true }); });

  const heard = { "change:page": draw, "change:answered": answered, comm_live_update: lost };
  for (const [name, hear] of Object.entries(heard)) model.on(name, hear);
  draw();
  say(model.get("says"));
  return () => { for (const [name, hear] of Object.entries(heard)) model.off(name, hear); };
}

export default { render };
