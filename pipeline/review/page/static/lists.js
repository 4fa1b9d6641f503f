"use strict";
// What stands around the question: last answers, offers, lists of pairs,
// groups, keys, and the end.

const kindWords = { same: "same", different: "different", related: "related", skip: "skipped", keep: "stays", value: "field", learn: "weights", stop: "merging", undo: "taken back" };

// drawRecent lists the last decisions, newest first; each can be opened again.
function drawRecent(list, choices, reopen) {
  if (!choices.length) return fill(list, make("li", { class: "muted" }, "none yet"));
  return fill(list, choices.map((choice) => {
    const text = about(choice);
    const again = choice.a && (choice.b || choice.kind === "keep" || choice.kind === "value");
    const inside = [make("span", { class: "kind " + choice.kind }, kindWords[choice.kind] || choice.kind), " ", text];
    return make("li", null, again ? make("button", { type: "button", on: { click: () => reopen(choice) } }, inside, make("span", { class: "unseen" }, " open again")) : make("p", null, inside));
  }));
}

// about says in short what a decision was about.
function about(choice) {
  const a = choice.text_a || choice.a, b = choice.text_b || choice.b;
  switch (choice.kind) {
    case "value": return make("span", null, words(choice.column), " reads ", words(clipped(choice.value || "(blank)", 60)));
    case "keep": return make("span", null, words(clipped(a, 80)));
    case "learn": return make("span", null, choice.value === "yes" ? "the answers move the weights" : "the weights stay as they are");
    case "stop": return make("span", null, choice.value === "yes" ? "nothing is merged without asking" : "what is certain is merged again");
  }
  return a === b || !b ? words(clipped(a || "", 90)) : make("span", null, words(clipped(a, 60)), make("span", { class: "muted" }, " / "), words(clipped(b, 60)));
}

// drawRow is a pair in a list: its main texts and what differs.
function drawRow(given) {
  const row = complete(given);
  const main = mainField(row);
  const rest = row.fields.filter((field) => field !== main);
  return make("div", { class: "row" },
    row.a.text === row.b.text ? make("p", null, words(row.a.text), make("span", { class: "muted" }, " (both)"))
      : main ? [make("p", null, pieces(main.a, "a")), make("p", null, pieces(main.b, "b"))]
        : [make("p", null, words(row.a.text)), make("p", null, words(row.b.text))],
    rest.map((field) => make("p", { class: "small" }, make("span", { class: "muted" }, words(field.name), ": "), short(field.a, "a"), make("span", { class: "muted" }, " / "), short(field.b, "b"))),
    make("p", { class: "small muted" }, `rows ${figure(row.a.row)} and ${figure(row.b.row)} · probability ${chance(row.probability)}`));
}

function short(list, side) {
  return list.length ? pieces(list.map((piece) => ({ text: clipped(piece.text, 120), own: piece.own })), side) : make("span", { class: "muted" }, "(blank)");
}

// drawObvious is the list of pairs that can be confirmed in one stroke.
function drawObvious({ pairs, rows }, from, act) {
  const boxes = rows.map((row, i) => make("input", { type: "checkbox", checked: true, id: `pair-${i}`, "aria-label": `Row ${row.a.row} and row ${row.b.row}` }));
  const chosen = () => rows.filter((_, i) => boxes[i].checked).map((row) => [row.a.id, row.b.id]);
  const confirm = make("button", { type: "button", class: "primary", on: { click: () => act.confirm(chosen(), from) } });
  const name = () => {
    const n = chosen().length;
    confirm.textContent = `Confirm ${count(n, "pair", "pairs")} as the same`;
    confirm.disabled = n === 0;
  };
  const limit = make("input", { type: "number", min: "0.5", max: "1", step: "0.01", value: String(from), id: "from" });
  name();
  return make("section", { class: "card list", "aria-labelledby": "question" },
    make("h1", { id: "question", tabindex: "-1" }, pairs ? `${count(pairs, "pair stands", "pairs stand")} at ${from} and above` : `No open pair stands at ${from} or above`),
    make("p", { class: "muted" }, "Look them over, take the tick from those that you would rather be asked about, and confirm the rest in one stroke. One undo takes all of it back.",
      rows.length < pairs ? ` These are the first ${figure(rows.length)}; the next come after them.` : ""),
    make("form", { class: "line", on: { submit: (event) => { event.preventDefault(); act.obvious(Number(limit.value)); } } },
      make("label", { for: "from" }, "Probability from"), limit, make("button", { type: "submit" }, "Show")),
    make("ol", { class: "pairs" }, rows.map((row, i) => make("li", { on: { change: name } }, boxes[i], make("label", { for: `pair-${i}` }, drawRow(row))))),
    make("div", { class: "line bottom" }, rows.length ? confirm : null, make("button", { type: "button", on: { click: act.back } }, "Back to the questions")));
}

// changed says in short what a lesson would change.
function changed({ surer, fewer, more }) {
  const parts = [
    surer ? `${count(surer, "more pair is", "more pairs are")} sure` : "", fewer ? `${figure(fewer)} fewer to ask` : "", more ? `${figure(more)} new to ask` : "",
  ].filter(Boolean);
  return parts.join(", ") || "no pair would be sure that is not, and none would be left out";
}

// drawLesson says what the answers so far would change on this list.
function drawLesson(lesson, act) {
  const pairsOf = (title, rows) => rows && rows.length ? make("details", null, make("summary", null, title), make("ol", { class: "pairs plain" }, rows.map((row) => make("li", null, drawRow(row))))) : null;
  return make("section", { class: "offer lesson", "aria-labelledby": "lesson" },
    make("h2", { id: "lesson" }, `What your ${count(lesson.answers, "answer teaches", "answers teach")}`),
    make("p", null, changed(lesson) + "."),
    (lesson.words || []).map((line) => make("p", { class: "small" }, words(line))),
    pairsOf("Pairs that would be merged", lesson.joined), pairsOf("Pairs that would not be merged any more", lesson.split),
    make("div", { class: "line" },
      make("button", { type: "button", class: "primary", id: "lesson-keep", on: { click: () => act.learn(true) } }, "Keep this ", make("kbd", null, "k")),
      make("button", { type: "button", on: { click: () => act.learn(false) } }, "Leave the weights as they are")));
}

// drawOffers are the ways beside the questions.
function drawOffers(screen, obvious, act) {
  const head = screen.head, offers = [];
  if (head.stopped) offers.push(make("p", { class: "offer warn" }, "Nothing is merged without asking on this list: a look at what was certain found a wrong merge."));
  if (head.carried) offers.push(make("p", { class: "offer" }, `${count(head.carried, "answer was", "answers were")} carried over to entries that were corrected since.`));
  if (head.bargain) offers.push(make("p", { class: "offer" }, `${count(head.bargain, "more answer", "more answers")}, and the program says what it learned about this list.`));
  if (obvious && obvious.pairs) offers.push(make("button", { type: "button", class: "offer", on: { click: () => act.obvious(obvious.from) } }, `Confirm obvious repeats: ${count(obvious.pairs, "pair", "pairs")} at ${obvious.from} and above`));
  if (act.probe && head.merged && !head.stopped) offers.push(make("button", { type: "button", class: "offer", on: { click: act.probe } }, head.merged > 10 ? `Look at ten of the ${figure(head.merged)} merged without asking` : `Look at what is merged without asking (${head.merged})`));
  return offers;
}

// drawGroup shows the entries of one group: which stays, and what the merged
// entry reads, column by column.
function drawGroup(group, letter, first, at, act) {
  const records = group.records || [];
  if (records.length < 2) return make("p", { class: "muted" }, `${letter} stands alone so far.`);
  return make("section", { class: "group", "aria-label": `Group of ${letter}` },
    make("h3", null, `Group of ${letter}: ${count(records.length, "entry", "entries")}`),
    make("ol", { class: "members", start: String(first) }, records.map((record, i) => make("li", null,
      make("p", null, words(clipped(record.text, 240)), " ", make("span", { class: "muted small" }, `row ${figure(record.row)}`)),
      i === 0 ? make("span", { class: "stays" }, "✓ stays") : make("button", { type: "button", class: "keep", on: { click: () => act.keep(record.id) } }, "Let it stay", make("span", { class: "unseen" }, `: row ${record.row}`), first + i < 10 ? [" ", make("kbd", null, String(first + i))] : null)))),
    drawer(`merged-${first}`, at, "What the merged entry reads",
      (group.columns || []).map((column, c) => drawColumn(group, column, c, act))));
}

function drawColumn(group, column, c, act) {
  const now = (group.merged || [])[c] || "";
  const values = [...new Set(group.cells.map((cells) => cells[c] || ""))].filter((value) => value !== now);
  const input = make("input", { type: "text", autocomplete: "off", spellcheck: "false", dir: "auto", "aria-label": `Another value for ${column}`, placeholder: "or type it" });
  const set = (value) => act.value(group.records[0].id, column, value);
  return make("form", { class: "choice", on: { submit: (event) => { event.preventDefault(); if (input.value) set(input.value); } } },
    make("p", null, make("span", { class: "name" }, words(column)), " ", now ? words(clipped(now, 300)) : make("span", { class: "muted" }, "(blank)")),
    values.map((value) => make("button", { type: "button", class: "option", on: { click: () => set(value) } }, make("span", { class: "unseen" }, "read "), value ? words(clipped(value, 200)) : make("span", { class: "muted" }, "(blank)"))),
    make("span", { class: "line" }, input, make("button", { type: "submit" }, "Set")));
}

// drawEnd stands where no question is left.
function drawEnd(screen, act) {
  const head = screen.head;
  return make("section", { class: "card end", "aria-labelledby": "question" },
    make("h1", { id: "question", tabindex: "-1" }, "Nothing is left to ask"),
    make("p", null, `${count(head.decided, "pair is", "pairs are")} decided${head.implied ? `, ${figure(head.implied)} more followed from that` : ""}.`),
    make("div", { class: "line" },
      act.done ? make("button", { type: "button", class: "primary", on: { click: act.done } }, "Done: write the clean list") : null,
      act.save ? make("button", { type: "button", class: "primary", on: { click: act.save } }, "Save the answers") : null,
      make("button", { type: "button", on: { click: act.undo } }, "Undo the last answer")));
}

// drawBye is the last screen.
function drawBye(summary) {
  return make("section", { class: "card end", "aria-labelledby": "question" },
    make("h1", { id: "question", tabindex: "-1" }, "Done"),
    make("pre", null, spelled(summary.join("\n"))),
    make("p", { class: "muted" }, "The sitting is over; this window can be closed."));
}

const keyList = [
  ["s", "→", "the same entry"], ["d", "←", "different entries"], ["r", "", "related: kept apart on purpose (parts, editions, translations, follow-ups)"],
  ["space", "", "skip; asked again at the end"], ["u", "backspace", "undo, also of past sittings"],
  ["[", "1", "A stays"], ["]", "2", "B stays"], ["1 … 9", "", "in an open group: this entry stays"],
  ["k", "", "keep what the answers teach"], ["esc", "", "back to the questions"],
  ["e", "", "why it is asked"], ["n", "", "neighbours in the source"], ["m", "", "merged entry, field by field"], ["g", "", "groups"], ["?", "", "these keys"],
];

// drawKeys lists the keys, and lets them be turned off for who uses single
// letters otherwise.
function drawKeys(on, toggle) {
  const box = make("input", { type: "checkbox", id: "single", checked: on, on: { change: () => toggle(box.checked) } });
  return [make("dl", null, keyList.map(([key, other, does]) => make("div", null,
    make("dt", null, make("kbd", null, key), other ? [" or ", make("kbd", null, other)] : null), make("dd", null, does)))),
  make("p", null, box, " ", make("label", { for: "single" }, "Single keys answer (turn this off if they get in the way of a screen reader or of voice input)")),
  make("p", { class: "muted" }, "On a touch screen: swipe right for the same, left for different.")];
}
