"use strict";
// The sitting: what is shown now, and what is done. The desk (online.js
// or offline.js) is asked for everything and told everything; nothing is shown
// as taken before it has said so.

const desk = openDesk();
const byID = (id) => document.getElementById(id);

const sitting = {
  screen: null,   // as the desk last told it
  card: null,     // the question that is shown
  from: "queue",  // where it comes from: "queue", "chosen" (gone back to) or "probe"
  probes: [],     // pairs still to be looked at
  probed: 0,
  keep: "",       // the entry that stays, if the person says so
  values: Object.create(null),     // chosen values by column
  open: { evidence: true },
  obvious: null,  // how many obvious repeats there are
  groups: [],     // ids behind the numbers of open groups
  busy: false,
  over: false,
  keys: true,
  shownAt: 0,
  paces: [],      // seconds a question took, the latest last
};

const threshold = 0.97; // of obvious repeats, at first

// at is what a question is drawn with.
function at(title) {
  return {
    title, keep: sitting.keep, values: sitting.values, open: sitting.open,
    opened,
  };
}

// opened takes note that a part was unfolded or folded. The browser says so
// only after a while: another question may be shown by then, and its part
// follows.
function opened(name, open) {
  sitting.open[name] = open;
  const shown = byID("drawer-" + name);
  if (shown && shown.open !== open) shown.open = open;
  else if (name === "group") open ? showGroups() : sitting.groups = [];
}

const act = {
  stay: (id) => stay(id),
  chosen: () => { if (!sitting.keep && Object.keys(sitting.values).length) stay(sitting.card.a.id); drawActions(); },
  back: () => show(sitting.screen),
  obvious: (from) => run(() => showObvious(from)),
  confirm: (pairs, from) => run(async () => {
    show(await desk.confirm(from, pairs));
    tell(`Confirmed ${count(pairs.length, "pair", "pairs")} as the same.`);
    lookAround();
  }, "Not recorded: "),
  learn: desk.learn ? (keep) => run(async () => {
    const screen = await desk.learn(keep);
    dropLesson();
    show(screen);
    tell(keep ? "The weights of this list moved." : "The weights stay as they are.");
    lookAround();
  }) : null,
  probe: desk.probe ? () => run(async () => {
    sitting.probes = await desk.probe(10);
    sitting.probed = 0;
    if (sitting.probes.length) nextProbe();
    else tell("Nothing was merged without asking.");
  }) : null,
  group: Boolean(desk.group),
  keep: (id) => run(async () => { regroup(await desk.decide({ choice: { kind: "keep", a: id }, said: 0 }), "It stays."); }, "Not recorded: "),
  value: (id, column, value) => run(async () => { regroup(await desk.decide({ choice: { kind: "value", a: id, column, value }, said: 0 }), `${column} is set.`); }, "Not recorded: "),
  undo: () => undo(),
  done: desk.done ? () => run(async () => {
    tell("Writing the clean list …");
    const { summary } = await desk.done();
    sitting.over = true;
    sitting.card = null;
    fill(byID("main"), drawBye(summary));
    byID("done").hidden = true;
    fill(byID("offers"));
    tell("Done.");
    byID("question").focus();
  }, "The list was not written: ") : null,
  save: desk.save ? () => { tell(desk.save()); drawAround(); } : null,
};

// run does one thing at a time; what goes wrong is said, after what that means,
// and what is now is shown.
async function run(what, failing = "") {
  if (sitting.busy || sitting.over) return;
  sitting.busy = true;
  document.body.setAttribute("aria-busy", "true");
  trouble("");
  try {
    await what();
  } catch (error) {
    if (error.screen) show(error.screen);
    const said = /^not /i.test(error.message) ? error.message : failing + error.message;
    trouble(said[0].toUpperCase() + said.slice(1));
  } finally {
    sitting.busy = false;
    document.body.removeAttribute("aria-busy");
  }
}

function trouble(text) {
  fill(byID("trouble"), spelled(text));
}

function tell(text) {
  fill(byID("news"), spelled(text));
}

// show takes what the desk says and puts the next question on the screen.
function show(screen) {
  sitting.screen = screen;
  if (screen.card) showCard(screen.card, "queue", screen.card.carried ? "Does this answer still hold?" : "The same entry?");
  else {
    sitting.card = null;
    fill(byID("main"), drawEnd(screen, act));
    byID("question").focus();
  }
  drawAround();
}

function showCard(given, from, title) {
  const card = complete(given);
  Object.assign(sitting, { card, from, title, keep: "", values: Object.create(null), groups: [], shownAt: performance.now() });
  drawQuestion();
  window.scrollTo(0, 0);
  byID("question").focus({ preventScroll: true });
  if (sitting.open.group) showGroups();
}

function drawQuestion() {
  const banner = sitting.from === "probe" ? make("p", { class: "banner" }, `${sitting.probed + 1} of ${sitting.probed + sitting.probes.length + 1} that are merged without asking. One “different” stops that for this list.`,
    " ", make("button", { type: "button", on: { click: () => { sitting.probes = []; act.back(); } } }, "Back to the questions"))
    : sitting.from === "chosen" ? make("p", { class: "banner" }, "You came back to this pair. ", make("button", { type: "button", on: { click: act.back } }, "Back to the questions")) : null;
  fill(byID("main"), banner, drawCard(sitting.card, at(sitting.title), act), make("div", { class: "actions", id: "actions", role: "group", "aria-label": "Your answer" }));
  drawActions();
  swipes(byID("main").querySelector("article"));
}

// drawActions are the buttons of the answers.
function drawActions() {
  const bar = byID("actions"), card = sitting.card;
  if (!bar || !card) return;
  const button = (kind, name, key) => make("button", { type: "button", class: "answer " + kind, on: { click: () => answer(kind) } }, name, " ", make("kbd", null, key));
  const chosen = Object.keys(sitting.values).length;
  fill(bar,
    button("same", "Same", "s"), button("different", "Different", "d"), button("related", "Related", "r"), button("skip", "Skip", "space"),
    make("button", { type: "button", class: "answer undo", on: { click: undo } }, "Undo ", make("kbd", null, "u")),
    make("span", { class: "settles muted" }, [card.settles ? `“same” also settles ${count(card.settles, "pair", "pairs")}` : "", chosen ? `${count(chosen, "value goes", "values go")} with “same”` : ""].filter(Boolean).join(" · ")));
}

// stay says which entry stays, or leaves it to the list's rule again.
function stay(id) {
  sitting.keep = sitting.keep === id && !Object.keys(sitting.values).length ? "" : id;
  const focused = document.activeElement.closest(".stay") ? document.activeElement.closest(".head") : null;
  for (const [side, letter] of [[sitting.card.a, "A"], [sitting.card.b, "B"]]) {
    const old = byID("main").querySelector(`.head.${letter.toLowerCase()}`), drawn = head(side, letter, sitting.keep === side.id, act);
    old.replaceWith(drawn);
    if (old === focused) drawn.querySelector(".stay").focus();
  }
  drawActions();
  if (sitting.keep) tell(`${sitting.keep === sitting.card.a.id ? "A" : "B"} stays if they are the same.`);
}

// answer hands one answer to the desk, and moves on when it has it.
function answer(kind) {
  const card = sitting.card;
  if (!card) return;
  run(async () => {
    const probe = sitting.from === "probe", took = (performance.now() - sitting.shownAt) / 1000;
    const values = kind === "same" ? Object.entries(sitting.values).map(([column, value]) => ({ kind: "value", a: sitting.keep, column, value })) : [];
    const choice = { kind, a: card.a.id, b: card.b.id };
    if (kind === "same" && sitting.keep) choice.keep = sitting.keep;
    if (probe) choice.probe = true;
    const screen = await desk.decide({ choice, values, said: card.said.length, chosen: sitting.from === "chosen" });
    pace(took);
    moveOn(screen, kind, probe);
  }, "Not recorded: ");
}

function moveOn(screen, kind, probe) {
  const effect = screen.effect || {};
  const told = [kindWords[kind][0].toUpperCase() + kindWords[kind].slice(1), ...(effect.words || [])];
  if (effect.stopped) told.push("from now on nothing is merged on this list without asking");
  const taught = sitting.screen.head.bargain > 0 && screen.head.bargain === 0 || screen.head.sitting % 10 === 0;
  sitting.screen = screen;
  if (probe && !effect.stopped && sitting.probes.length) {
    sitting.probed++;
    nextProbe();
    drawAround();
  } else {
    if (probe && !effect.stopped) told.push("that was the last of these");
    sitting.probes = [];
    show(screen);
  }
  tell(told.join("; ") + ".");
  if (taught) lookAround();
}

function nextProbe() {
  const card = sitting.probes.shift();
  showCard(card, "probe", "Merged without asking: the same entry?");
}

function undo() {
  run(async () => {
    const screen = await desk.undo((sitting.screen.recent || [])[0]);
    const undone = screen.undone;
    show(screen);
    if (undone.b && !(sitting.card && sitting.card.a.id === undone.a && sitting.card.b.id === undone.b)) {
      try {
        showCard(await desk.card(undone.a, undone.b), "chosen", "The same entry?");
      } catch { /* the queue's next question stays */ }
    }
    fill(byID("news"), `Taken back: ${kindWords[undone.kind] || undone.kind}, `, about(undone), ((screen.effect || {}).words || []).map((more) => `; ${more}`));
    lookAround();
  }, "Not taken back: ");
}

// reopen goes back to a decision of the list.
function reopen(choice) {
  run(async () => {
    if (choice.b) {
      showCard(await desk.card(choice.a, choice.b), "chosen", "The same entry?");
    } else if (desk.group) {
      const group = await desk.group(choice.a);
      sitting.groups = group.records.map((record) => record.id);
      sitting.card = null;
      fill(byID("main"), make("section", { class: "card", "aria-labelledby": "question" }, make("h1", { id: "question", tabindex: "-1" }, "One group"), make("div", { id: "groups", "data-of": choice.a }, drawGroup(group, "this entry", 1, at(), act)),
        make("button", { type: "button", on: { click: act.back } }, "Back to the questions")));
      byID("question").focus();
    }
  });
}

// showGroups fills the unfolded part with the groups of both entries.
async function showGroups() {
  const card = sitting.card, place = byID("groups");
  if (!place || !desk.group) return;
  try {
    const ids = card ? [card.a.id, card.b.id] : [place.dataset.of];
    const groups = await Promise.all(ids.map((id) => desk.group(id)));
    if (sitting.card !== card) return;
    sitting.groups = [];
    const once = groups.length > 1 && groups[0].records[0].id === groups[1].records[0].id ? groups.slice(0, 1) : groups;
    fill(place, once.map((group, i) => {
      const first = sitting.groups.length + 1;
      if (group.records.length > 1) sitting.groups.push(...group.records.map((record) => record.id));
      return drawGroup(group, !card ? "this entry" : once.length === 1 && groups.length > 1 ? "both" : "AB"[i], first, at(), act);
    }));
    const unfolded = place.closest("details");
    if (unfolded) unfolded.scrollIntoView({ block: "nearest" });
  } catch (error) {
    fill(place, make("p", { class: "muted" }, spelled(error.message)));
  }
}

// regroup shows groups again after a change to one, without moving on.
function regroup(screen, told) {
  sitting.screen = screen;
  drawAround();
  tell(told);
  showGroups();
}

async function showObvious(from) {
  const pile = await desk.obvious(from);
  sitting.card = null;
  fill(byID("main"), drawObvious(pile, from, act));
  window.scrollTo(0, 0);
  byID("question").focus({ preventScroll: true });
}

// lookAround asks, after the question is on the screen, for what takes longer:
// what the answers teach, and which repeats are obvious.
async function lookAround() {
  try {
    if (desk.lesson && sitting.screen.head.bargain === 0) {
      const lesson = await desk.lesson();
      dropLesson();
      if (lesson) {
        byID("offers").before(make("div", { id: "lesson-place" }, drawLesson(lesson, act)));
        tell(`Your answers would change the list: ${changed(lesson)}. Press k to keep that, or look at “What your answers teach”.`);
      }
    }
    sitting.obvious = { pairs: await desk.obviousCount(threshold), from: threshold };
    drawAround();
  } catch { /* offers are extra: the questions go on without them */ }
}

function dropLesson() {
  const place = byID("lesson-place");
  if (place) place.remove();
}

// drawAround shows how far the sitting is, the last answers and the offers.
function drawAround() {
  const { head, recent } = sitting.screen;
  fill(byID("list"), spelled(head.list));
  document.title = `${head.left ? `(${head.left}) ` : ""}${head.list.replace(unseen, "")} – unecho review`;
  const answered = head.decided + head.implied, all = answered + head.left;
  const share = all ? Math.floor(answered / all * 100) : 100;
  byID("bar").setAttribute("aria-valuenow", String(share));
  byID("bar").setAttribute("aria-valuetext", `${figure(head.left)} left`);
  byID("bar").firstElementChild.style.width = `${share}%`;
  byID("progress").textContent = (head.carried ? `${figure(head.carried)} to look at again, ` : "") + (head.left ? `${count(head.left, "question", "questions")} left${timeLeft(head.left)}` : "no question left");
  drawRecent(byID("recent"), recent || [], reopen);
  fill(byID("offers"), drawOffers(sitting.screen, sitting.obvious, act));
  fill(byID("ledger"), desk.save ? spelled(desk.where()) : [`${head.by ? head.by + "’s answers" : "Answers"} are kept in `, words(head.ledger)]);
  byID("done").hidden = !act.done || sitting.over;
  byID("save").hidden = !act.save;
  byID("save").classList.toggle("primary", Boolean(desk.unsaved));
}

// pace remembers how long a question took; a pause for tea is not counted.
function pace(seconds) {
  sitting.paces = [...sitting.paces, Math.min(seconds, 120)].slice(-30);
  remember("paces", sitting.paces);
}

function timeLeft(left) {
  if (sitting.paces.length < 3) return "";
  const sorted = [...sitting.paces].sort((a, b) => a - b);
  const minutes = sorted[Math.floor(sorted.length / 2)] * left / 60;
  if (minutes < 1) return ", less than a minute at your pace";
  return `, about ${minutes < 90 ? count(Math.round(minutes), "minute", "minutes") : count(Math.round(minutes / 60), "hour", "hours")} at your pace`;
}

// remember keeps something small of this window over a reload.
function remember(name, value) {
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch { /* without storage it is forgotten, which costs nothing */ }
}

function remembered(name, otherwise) {
  try {
    return JSON.parse(sessionStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

byID("keys-button").addEventListener("click", toggleKeys);
byID("done").addEventListener("click", () => act.done());
byID("save").addEventListener("click", () => act.save());
// Another window may have answered: a look on coming back, unless something is under way.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible" || sitting.busy || sitting.over || !sitting.screen || sitting.from !== "queue" || !sitting.card) return;
  run(async () => {
    const screen = await desk.screen();
    const was = sitting.card;
    if (screen.card && was && screen.card.a.id === was.a.id && screen.card.b.id === was.b.id) {
      sitting.screen = screen;
      drawAround();
    } else show(screen);
  });
});

sitting.keys = remembered("keys", true);
sitting.paces = remembered("paces", []);
run(async () => {
  fill(byID("main"), make("p", { class: "muted" }, "The list is not shown."));
  show(await desk.screen());
  lookAround();
});
