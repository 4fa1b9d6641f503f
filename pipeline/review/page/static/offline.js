"use strict";
// The desk within one file: the pairs came with it, the answers are kept by
// this browser for this file and given back as a small file of their own.

function openDesk() {
  const data = JSON.parse(document.getElementById("pairs").textContent);
  return new OfflineDesk(data, `unecho answers ${data.id}`);
}

// Trouble is an answer that was not taken: its message says why, and screen,
// where it is given, how things are now.
class Trouble extends Error {
  constructor(message, screen) {
    super(message);
    this.screen = screen;
  }
}

// pairKey names a pair whichever way round it is.
const pairKey = (a, b) => (a < b ? `${a} ${b}` : `${b} ${a}`);
const pairwise = new Set(["same", "different", "related", "skip"]);

class OfflineDesk {
  constructor(data, store) {
    this.data = data;
    this.store = store;
    this.cards = new Map(data.cards.map((card) => [pairKey(card.a.id, card.b.id), card]));
    this.texts = new Map(data.cards.flatMap((card) => [[card.a.id, card.a.text], [card.b.id, card.b.text]]));
    this.strokes = [];   // of decisions, oldest first
    this.kept = true;    // by the browser
    this.atStart = 0;
    this.read();
    this.atStart = this.strokes.length;
    this.unsaved = this.strokes.length > 0;
    window.addEventListener("beforeunload", (event) => { if (!this.kept && this.unsaved) event.preventDefault(); });
  }

  // read takes the answers as the browser has them: another window with this
  // file may have added some.
  read() {
    if (!this.kept) return;
    try {
      const text = localStorage.getItem(this.store);
      this.strokes = text ? JSON.parse(text) : [];
    } catch {
      this.kept = false;
    }
  }

  // write gives the answers to the browser; where it does not keep them they
  // stay in this window, and the page says so.
  write(strokes) {
    if (this.kept) {
      try {
        localStorage.setItem(this.store, JSON.stringify(strokes));
      } catch {
        this.kept = false;
      }
    }
    this.strokes = strokes;
    this.unsaved = true;
  }

  // standing is what the answers say: of each pair the last kind, of each
  // record whose chain of "same" it is in, and which chains are apart.
  standing(strokes = this.strokes) {
    const kinds = new Map(), parent = new Map(), apart = new Set();
    const find = (id) => {
      let root = id;
      while (parent.has(root)) root = parent.get(root);
      while (parent.has(id)) [id] = [parent.get(id), parent.set(id, root)];
      return root;
    };
    for (const choice of strokes.flat()) if (pairwise.has(choice.kind)) kinds.set(pairKey(choice.a, choice.b), choice);
    for (const { kind, a, b } of kinds.values()) if (kind === "same" && find(a) !== find(b)) parent.set(find(a), find(b));
    for (const { kind, a, b } of kinds.values()) if (kind === "different" || kind === "related") apart.add(pairKey(find(a), find(b)));
    const implied = (a, b) => find(a) === find(b) || apart.has(pairKey(find(a), find(b)));
    const kind = (card) => (kinds.get(pairKey(card.a.id, card.b.id)) || {}).kind;
    return { kinds, find, apart, implied, kind, open: (card) => (!kind(card) || kind(card) === "skip") && !implied(card.a.id, card.b.id) };
  }

  // dressed adds to a card what the answers say about it now.
  dressed(card, now = this.standing()) {
    const said = this.strokes.flat().filter((choice) => pairwise.has(choice.kind) && pairKey(choice.a, choice.b) === pairKey(card.a.id, card.b.id));
    return { ...card, said: [...(card.said || []), ...said.map(({ kind, at }) => ({ kind, by: "", at }))], settles: this.settles(card, now) };
  }

  // settles counts the other open pairs that "same" would answer.
  settles(card, now) {
    const a = now.find(card.a.id), b = now.find(card.b.id);
    if (a === b) return 0;
    const joint = (id) => (id === a ? b : id);
    const apart = new Set([...now.apart].map((key) => pairKey(...key.split(" ").map(joint))));
    return this.data.cards.filter((other) => {
      if (other === card || !now.open(other)) return false;
      const x = joint(now.find(other.a.id)), y = joint(now.find(other.b.id));
      return x === y || apart.has(pairKey(x, y));
    }).length;
  }

  async screen(more) {
    this.read();
    const now = this.standing(), open = this.data.cards.filter(now.open);
    const card = open.find((one) => now.kind(one) !== "skip") || open[0];
    const decided = this.data.cards.filter((one) => now.kind(one) && now.kind(one) !== "skip").length;
    const head = {
      list: this.data.list, records: this.data.records, left: open.length, decided, implied: this.data.cards.length - open.length - decided,
      skipped: open.filter((one) => now.kind(one) === "skip").length, merged: 0, sitting: Math.max(0, this.strokes.length - this.atStart), bargain: 0, stopped: false, by: "", ledger: "", carried: 0,
    };
    return { head, card: card ? this.dressed(card, now) : null, recent: this.strokes.flat().slice(-10).reverse().map((choice) => this.named(choice)), ...more };
  }

  named(choice) {
    return { ...choice, text_a: this.texts.get(choice.a), text_b: choice.b && this.texts.get(choice.b) };
  }

  async card(a, b) {
    this.read();
    const card = this.cards.get(pairKey(a, b));
    if (!card) throw new Trouble("this pair is not in the file");
    return this.dressed(card);
  }

  async decide({ choice, values = [], said = 0, chosen = false }) {
    this.read();
    const card = this.cards.get(pairKey(choice.a, choice.b)), now = this.standing();
    if (this.dressed(card, now).said.length !== said) throw await this.stale("not recorded: this pair was answered in another window");
    if (!chosen && !now.open(card)) throw await this.stale("not recorded: this pair was settled in another window");
    const before = this.data.cards.filter(now.open).length, at = new Date().toISOString();
    this.write([...this.strokes, [...values, choice].map((one) => ({ ...one, via: "offline page", at }))]);
    const left = this.data.cards.filter(this.standing().open).length;
    const settles = Math.max(0, before - left - (choice.kind !== "skip" && now.open(card) ? 1 : 0));
    return this.screen({ effect: { settles, words: settles ? [`also settles ${count(settles, "pair", "pairs")}`] : [], stopped: false } });
  }

  async stale(message) {
    return new Trouble(message, await this.screen());
  }

  async undo(last) {
    this.read();
    const stroke = this.strokes.at(-1);
    if (!stroke) throw await this.stale("there is nothing to take back");
    const newest = stroke.at(-1);
    if (!last || last.at !== newest.at || last.kind !== newest.kind || last.a !== newest.a) throw await this.stale("not taken back: something else was decided in another window, look at the list");
    this.write(this.strokes.slice(0, -1));
    return this.screen({ undone: this.named(newest), effect: { settles: 0, words: [], stopped: false } });
  }

  // openFrom lists the open pairs at or above a probability.
  openFrom(from) {
    this.read();
    const now = this.standing();
    return this.data.cards.filter((card) => card.probability >= from && now.open(card));
  }

  async obvious(from) {
    const cards = this.openFrom(from);
    return { pairs: cards.length, rows: cards.slice(0, 1000) };
  }

  async obviousCount(from) {
    return this.openFrom(from).length;
  }

  async confirm(from, pairs) {
    const open = new Set(this.openFrom(from).map((card) => pairKey(card.a.id, card.b.id)));
    if (!pairs.every(([a, b]) => open.has(pairKey(a, b)))) throw await this.stale("not recorded: the list has changed in another window, look at it again");
    const at = new Date().toISOString();
    this.write([...this.strokes, pairs.map(([a, b]) => ({ kind: "same", a, b, via: "offline page", at }))]);
    return this.screen({ effect: { settles: 0, words: [], stopped: false } });
  }

  // answers gives the decisions in force, one JSON line each, as unecho apply
  // reads them: of each pair the last.
  answers() {
    const { kinds } = this.standing();
    const lines = this.strokes.flat().filter((choice) => !pairwise.has(choice.kind) || kinds.get(pairKey(choice.a, choice.b)) === choice);
    return lines.map((choice) => JSON.stringify(this.named(choice)) + "\n");
  }

  // save gives the answers back as a file.
  save() {
    this.read();
    const list = this.data.list.replace(/ and \d+ more$/, "").replace(/(?<=.)\.[^.]*$/, "");
    const lines = this.answers(), name = `${list.replace(/[^\p{L}\p{N}._ -]+/gu, "_") || "list"}.answers.jsonl`;
    if (!lines.length) return "There is no answer to save yet.";
    const url = URL.createObjectURL(new Blob(lines, { type: "application/x-ndjson" }));
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    this.unsaved = false;
    const whose = / and \d+ more$/.test(this.data.list) ? "" : ` --list ${this.data.list}`;
    return `Saved ${count(lines.length, "answer", "answers")} as ${name}. Whoever keeps the list reads them in with: unecho apply ${name}${whose}`;
  }

  where() {
    return this.kept ? "This browser keeps the answers for this file. Save answers gives them back as a small file, for unecho apply."
      : "This browser does not keep answers for a file: save them before you close this window.";
  }
}
