"use strict";
// One question: two entries side by side, what differs, and why it is asked.

// drawCard gives the article of a question. at holds what the person has set
// on it: keep (id that stays), values (by column), and open (details unfolded,
// kept from question to question); act is what its buttons do.
function drawCard(card, at, act) {
  const main = mainField(card);
  const differing = card.fields.filter((field) => !field.equal && field !== main);
  const equal = card.fields.filter((field) => field.equal && field !== main);
  return make("article", { class: "card", "aria-labelledby": "question" },
    make("h1", { id: "question", tabindex: "-1" }, at.title,
      make("span", { class: "unseen" }, spelled(` Row ${card.a.row} and row ${card.b.row}. ${differences(card)}`))),
    said(card),
    make("div", { class: "pair" },
      head(card.a, "A", at.keep === card.a.id, act),
      head(card.b, "B", at.keep === card.b.id, act),
      headline(card, main)),
    make("div", { class: "fields" }, differing.map(drawField)),
    equal.length ? drawer("equal", at, `${count(equal.length, "field is", "fields are")} the same: ${equal.map((field) => field.name).join(", ")}`,
      make("div", { class: "fields" }, equal.map(drawField))) : null,
    drawEvidence(card, at),
    neighbours(card, at),
    drawMerge(card, at, act),
    act.group ? drawer("group", at, "The groups that they stand in", make("div", { id: "groups" }, make("p", { class: "muted" }, "Looking …"))) : null);
}

// complete gives a card or a row whose lists are all there: an empty one may
// come as null.
function complete(card) {
  const list = (value) => value || [];
  const side = (s) => ({ ...s, chips: list(s.chips), before: list(s.before), after: list(s.after) });
  return {
    ...card, a: side(card.a), b: side(card.b), evidence: list(card.evidence), said: list(card.said),
    fields: list(card.fields).map((field) => ({ ...field, a: list(field.a), b: list(field.equal ? field.a : field.b) })),
  };
}

// mainField is the column that holds the main text, where one column does.
function mainField(card) {
  return card.fields.find((field) => same(field.a, card.a.text) && same(field.b, card.b.text));
}

function same(side, text) {
  return joined(side).replace(/\s+/g, " ").trim() === text.trim();
}

function joined(side) {
  return side.map((piece) => piece.text).join("");
}

// headline shows the main texts large, marked where one column holds them.
function headline(card, main) {
  if (main) return [cell("headline", "a", main), cell("headline", "b", main)];
  return [make("p", { class: "headline a" }, words(card.a.text)), make("p", { class: "headline b" }, words(card.b.text))];
}

function cell(kind, side, field) {
  const list = field[side], text = joined(list);
  return make("p", { class: `${kind} ${side}` }, make("span", { class: "unseen" }, side.toUpperCase() + ": "),
    text ? pieces(list, side) : make("span", { class: "muted" }, "(blank)"), " ", link(text, `of ${side.toUpperCase()}`));
}

// head says where an entry stands, what can be told at a glance, and whether
// the person lets it stay.
function head(side, letter, stays, act) {
  return make("div", { class: `head ${letter.toLowerCase()}` },
    make("span", { class: "letter", "aria-hidden": "true" }, letter),
    make("span", { class: "where" }, `row ${figure(side.row)}`, side.where ? [" · ", words(side.where)] : null),
    make("button", { type: "button", class: "stay", "aria-pressed": String(stays), on: { click: () => act.stay(side.id) } },
      `${stays ? "✓ " : ""}${letter} stays `, make("kbd", null, letter === "A" ? "[" : "]")),
    make("ul", { class: "chips", "aria-label": `About ${letter}` },
      side.copies > 1 ? make("li", null, `stands for ${figure(side.copies)} entries`) : null,
      side.chips.map((chip) => make("li", null, words(chip)))));
}

function drawField(field) {
  return make("section", { class: "field", "aria-label": field.name },
    make("h2", null, words(field.name)), cell("value", "a", field), cell("value", "b", field));
}

// differences says in words where two entries differ, for who does not see it.
function differences(card) {
  const names = card.fields.filter((field) => !field.equal).map((field) => field.name);
  return names.length ? `They differ in ${names.join(", ")}.` : "They do not differ in any field.";
}

// said shows earlier answers to this question.
function said(card) {
  const lines = card.said.slice(-3).map((one) => {
    const who = `${one.by ? ", by " + one.by : ""}${day(one.at) ? ", " + day(one.at) : ""}`;
    return one.kind === "skip" ? `Put off before${who}.` : `Answered before: ${one.kind}${who}. A new answer takes its place.`;
  });
  if (card.carried) lines.push(`Carried over from an earlier answer. What was corrected since: ${card.carried}`);
  return lines.map((line) => make("p", { class: "said" }, words(line)));
}

// drawer is a part that unfolds and stays as it was left.
function drawer(name, at, title, ...content) {
  const details = make("details", { id: "drawer-" + name, open: at.open[name] }, make("summary", null, spelled(title)), content);
  details.addEventListener("toggle", () => at.opened(name, details.open));
  return details;
}

// partsShown is how many parts of the sum are shown at once, the weightiest
// first; the others are one line until they are asked for.
const partsShown = 7;

// drawEvidence is the sum: the base, a bar for each part, and what it gives.
function drawEvidence(card, at) {
  const terms = [...card.evidence].sort((x, y) => Math.abs(y.weight) - Math.abs(x.weight));
  const widest = Math.max(1, Math.abs(card.base), ...terms.map((term) => Math.abs(term.weight)));
  const total = (list) => list.reduce((sum, term) => sum + term.weight, 0);
  const line = (name, level, weight) => make("tr", null,
    make("th", { scope: "row" }, typeof name === "string" ? spelled(name) : name), make("td", null, spelled(level)),
    make("td", { class: "weight" }, signed(weight)), make("td", { class: "chart", "aria-hidden": "true" }, bar(weight, widest)));
  const lines = (list) => list.map((term) => line(term.name, term.level, term.weight));
  const small = terms.length > partsShown + 1 ? terms.slice(partsShown) : [];
  const more = make("button", { type: "button", class: "more", on: { click: () => rest.replaceWith(...lines(small)) } }, `${figure(small.length)} smaller parts`);
  const rest = small.length ? line(more, "together", total(small)) : null;
  return drawer("evidence", at, `Why it is asked: ${card.why || "the evidence"} (probability ${chance(card.probability)})`,
    make("table", { class: "evidence" },
      make("caption", null, "The sum of the evidence, in natural log-odds: + speaks for a repeat, − against"),
      make("thead", null, make("tr", null, ["Part", "Says", "Weight"].map((title) => make("th", { scope: "col" }, title)), make("td", null))),
      make("tbody", null, line("base", "before any evidence", card.base), lines(small.length ? terms.slice(0, partsShown) : terms), rest),
      make("tfoot", null, make("tr", null, make("th", { scope: "row" }, "sum"), make("td", null, `probability ${chance(card.probability)}`), make("td", { class: "weight" }, signed(card.base + total(terms))), make("td", null)))));
}

function bar(weight, widest) {
  const stroke = make("span", { class: weight < 0 ? "against" : "for" });
  stroke.style.width = `${Math.abs(weight) / widest * 50}%`;
  return make("span", { class: "bar" }, stroke);
}

// neighbours are the entries before and after each in its source.
function neighbours(card, at) {
  const list = (side, letter) => make("div", { class: letter.toLowerCase() },
    make("h3", null, `Around ${letter}`),
    make("ol", { class: "around" },
      side.before.map((text) => make("li", null, words(text))),
      make("li", { "aria-current": "true" }, words(side.text)),
      side.after.map((text) => make("li", null, words(text)))));
  if (![card.a, card.b].some((side) => side.before.length + side.after.length)) return null;
  return drawer("neighbours", at, "Neighbours in the source", make("div", { class: "pair" }, list(card.a, "A"), list(card.b, "B")));
}

// drawMerge lets a person choose for each differing field what the merged
// entry reads: the value of A, that of B, or another.
function drawMerge(card, at, act) {
  const fields = card.fields.filter((field) => !field.equal);
  if (!fields.length) return null;
  const choose = (field, value) => {
    if (value === null) delete at.values[field.name];
    else at.values[field.name] = value;
    act.chosen();
  };
  const option = (field, side) => {
    const text = joined(field[side]);
    const chosen = at.values[field.name] === text;
    return make("button", { type: "button", class: "option", "aria-pressed": String(chosen), on: { click: (event) => {
      choose(field, at.values[field.name] === text ? null : text);
      for (const other of event.target.closest("fieldset").querySelectorAll("button")) other.setAttribute("aria-pressed", "false");
      event.target.closest("button").setAttribute("aria-pressed", String(at.values[field.name] === text));
      event.target.closest("fieldset").querySelector("input").value = "";
    } } }, make("span", { class: "letter small" }, side.toUpperCase()), text ? words(clipped(text, 200)) : make("span", { class: "muted" }, "(blank)"));
  };
  return drawer("merge", at, "Merged entry: choose a value of each field, or type one",
    make("p", { class: "muted" }, "What is chosen here goes with the answer “same”. Fields left alone follow the list’s rule."),
    fields.map((field) => {
      const typed = at.values[field.name];
      const known = typed === undefined || typed === joined(field.a) || typed === joined(field.b);
      const input = make("input", { type: "text", autocomplete: "off", spellcheck: "false", dir: "auto", "aria-label": `Another value for ${field.name}`, placeholder: "or type it", on: { input: (event) => {
        choose(field, event.target.value === "" ? null : event.target.value);
        for (const button of event.target.closest("fieldset").querySelectorAll("button")) button.setAttribute("aria-pressed", "false");
      } } });
      if (!known) input.value = typed;
      return make("fieldset", { class: "choice" }, make("legend", null, words(field.name)),
        field.cut ? make("p", { class: "muted small" }, "These values are too long to be whole in this file.") : [option(field, "a"), option(field, "b")], input);
    }));
}
