"use strict";
// What keys and fingers do.

// Keys. With a modifier, in a field for text, or on a control that uses the
// key itself, they are the browser's.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
  const on = event.target, control = on.closest && on.closest("input, textarea, select");
  if (event.key === "?" && !control) return pressed(event, toggleKeys);
  if (event.key === "Escape") return pressed(event, byID("keys").hidden ? goBack : toggleKeys);
  if (!sitting.keys || control && on.type !== "checkbox") return;
  if (event.key === " " && on.closest && on.closest("button, summary, a, input")) return;
  if (/^[1-9]$/.test(event.key)) return pressed(event, () => number(Number(event.key)));
  const doing = keyActs[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (doing) pressed(event, doing);
});

function pressed(event, doing) {
  event.preventDefault();
  doing();
}

const keyActs = {
  s: () => answer("same"), d: () => answer("different"), r: () => answer("related"), " ": () => answer("skip"),
  ArrowRight: () => answer("same"), ArrowLeft: () => answer("different"),
  u: () => undo(), Backspace: () => undo(),
  k: () => byID("lesson-keep") && byID("lesson-keep").click(),
  "[": () => sitting.card && stay(sitting.card.a.id), "]": () => sitting.card && stay(sitting.card.b.id),
  e: () => unfold("evidence"), n: () => unfold("neighbours"), m: () => unfold("merge"), g: () => unfold("group"),
};

// number chooses who stays: in an open group, or of the two on the screen.
function number(n) {
  if (sitting.groups.length) {
    if (sitting.groups[n - 1]) act.keep(sitting.groups[n - 1]);
  } else if (sitting.card && n <= 2) stay((n === 1 ? sitting.card.a : sitting.card.b).id);
}

// goBack leaves a pair that was gone back to, a look at what is merged, or a
// list, for the questions.
function goBack() {
  if (sitting.screen && !sitting.over && !(sitting.card && sitting.from === "queue")) act.back();
}

function unfold(name) {
  const drawer = byID("drawer-" + name);
  if (!drawer) return;
  drawer.open = !drawer.open;
  if (drawer.open) drawer.scrollIntoView({ block: "nearest" });
}

function toggleKeys() {
  const keys = byID("keys"), button = byID("keys-button");
  keys.hidden = !keys.hidden;
  button.setAttribute("aria-expanded", String(!keys.hidden));
  if (!keys.hidden && !keys.hasChildNodes()) fill(keys, drawKeys(sitting.keys, (on) => { sitting.keys = on; remember("keys", on); }));
}

// swipes answers by a stroke across: right same, left different.
function swipes(article) {
  let from = null;
  article.addEventListener("touchstart", (event) => { from = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
  article.addEventListener("touchend", (event) => {
    if (!from || event.target.closest("input, button, summary, a")) return;
    const to = event.changedTouches[0], x = to.clientX - from.clientX, y = to.clientY - from.clientY;
    from = null;
    if (Math.abs(x) > 90 && Math.abs(x) > 3 * Math.abs(y)) answer(x > 0 ? "same" : "different");
  }, { passive: true });
}
