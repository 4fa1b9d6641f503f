"use strict";
// Text on the screen. Whatever comes from the list becomes text nodes, never
// markup; what an eye cannot see is spelled; what an address is, is checked.

// make builds an element. Names of properties: class, on (events), data, and
// attributes. Children are nodes or text; null is left out.
function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// fill replaces what an element holds.
function fill(element, ...children) {
  element.replaceChildren(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// unseen matches characters that cannot be seen or that turn the direction of
// what follows; within a difference also those that join or keep apart.
const unseen = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]/gu;
const unseenOwn = /[\u0000-\u0008\u000B-\u001F\u007F-\u00A0\u00AD\u061C\u180E\u2000-\u200F\u2028-\u202F\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]/gu;

// spelled gives the nodes of a text: characters that are not seen as signs.
function spelled(text, own) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(own ? unseenOwn : unseen)) {
    if (match.index > from) nodes.push(text.slice(from, match.index));
    const code = match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    nodes.push(make("span", { class: "sign" }, `‹U+${code}›`));
    from = match.index + match[0].length;
  }
  if (from < text.length) nodes.push(text.slice(from));
  return nodes;
}

// words isolates a text of the list: its direction stays its own.
function words(text) {
  return make("bdi", { dir: "auto" }, spelled(text));
}

// clipped is the beginning of a text.
function clipped(text, most) {
  const letters = Array.from(text);
  return letters.length > most ? letters.slice(0, most - 1).join("") + "…" : text;
}

// Texts that both sides share are cut in the middle beyond foldCommon
// characters, texts of one side beyond foldOwn.
const foldCommon = 480;
const foldOwn = 2400;
const foldEdge = 160;

// pieces shows one side of a field: what only this side has stands in del (A)
// or ins (B), with a sign and an underline.
function pieces(list, side) {
  const whole = make("bdi", { dir: "auto" });
  for (const piece of list) {
    const into = piece.own ? make(side === "a" ? "del" : "ins", null, make("span", { class: "unseen" }, "[only here: ")) : whole;
    folded(into, piece.text, piece.own);
    if (piece.own) {
      if (!piece.text.trim()) into.append(make("span", { class: "sign" }, piece.text.includes("\n") ? "↵" : "␣"));
      into.append(make("span", { class: "unseen" }, "]"));
      whole.append(into);
    }
  }
  return whole;
}

function folded(into, text, own) {
  const most = own ? foldOwn : foldCommon;
  if (text.length <= most) {
    into.append(...spelled(text, own));
    return;
  }
  const head = whole(text, foldEdge), tail = whole(text, text.length - foldEdge);
  const middle = text.slice(head, tail);
  const more = make("button", { type: "button", class: "more", on: { click: () => more.replaceWith(...spelled(middle, own)) } },
    `… ${count(middle.length, "more character", "more characters")}${own ? "" : ", the same in both"} …`);
  into.append(...spelled(text.slice(0, head), own), more, ...spelled(text.slice(tail), own));
}

// whole moves a place to cut behind the character that it would cut in two.
function whole(text, at) {
  const code = text.charCodeAt(at);
  return code >= 0xDC00 && code <= 0xDFFF ? at + 1 : at;
}

// link gives a way to open a text that is a web address and nothing else.
function link(text, what) {
  let address;
  try {
    address = new URL(text.trim());
  } catch {
    return null;
  }
  if (!/^https?:$/.test(address.protocol) || address.username || address.password || /\s/.test(text.trim())) return null;
  return make("a", { class: "open", href: address.href, target: "_blank", rel: "noopener noreferrer" }, "open ↗", make("span", { class: "unseen" }, ` the address ${what} in a new window`));
}

// count says a number with its noun; numbers have commas from 10,000 on.
function count(n, one, many) {
  return `${figure(n)} ${n === 1 ? one : many}`;
}

function figure(n) {
  return n < 10000 ? String(n) : n.toLocaleString("en");
}

// chance says a probability so that 1 and 0 are never reached by rounding.
function chance(p) {
  if (p > 0.995 && p < 1) return p > 0.9995 ? "above 0.999" : p.toFixed(3);
  if (p < 0.005 && p > 0) return p < 0.0005 ? "below 0.001" : p.toFixed(3);
  return p.toFixed(2);
}

// signed says a weight with its sign.
function signed(n) {
  const text = Math.abs(n).toFixed(2);
  return text === "0.00" ? text : (n < 0 ? "−" : "+") + text;
}

// day says when something was decided.
function day(at) {
  const date = new Date(at);
  return isNaN(date) ? "" : date.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}
