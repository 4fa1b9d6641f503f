"use strict";
// The desk over the server that gave this page. The key to it came behind the
// sign # of the address, and is kept for this window only.

function openDesk() {
  const fromAddress = location.hash.slice(1);
  if (fromAddress) {
    sessionStorage.setItem("token", fromAddress);
    history.replaceState(null, "", location.pathname);
  }
  window.addEventListener("hashchange", () => location.reload()); // an address with a new key
  const token = sessionStorage.getItem("token") || "";
  const get = (what, query) => ask(token, "GET", what + (query ? "?" + new URLSearchParams(query) : ""));
  const post = (what, body) => ask(token, "POST", what, body);
  return {
    screen: () => get("screen"),
    card: (a, b) => get("card", { a, b }),
    group: (id) => get("group", { id }),
    obvious: (from) => get("obvious", { from }),
    obviousCount: (from) => get("obvious/count", { from }),
    probe: (n) => get("probe", { n }),
    lesson: () => get("lesson"),
    decide: (answer) => post("decide", answer),
    undo: (last) => post("undo", { last }),
    confirm: (from, pairs) => post("confirm", { from, pairs }),
    learn: (keep) => post("learn", { keep }),
    done: () => post("done", {}),
  };
}

// Trouble is an answer that was not taken: its message says why, and screen,
// where it is given, how things are now.
class Trouble extends Error {
  constructor(message, screen) {
    super(message);
    this.screen = screen;
  }
}

async function ask(token, method, what, body) {
  let response, told;
  try {
    response = await fetch("api/" + what, {
      method, headers: { "X-Unecho-Token": token, ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : undefined, cache: "no-store", credentials: "omit", redirect: "error",
    });
    told = await response.json();
  } catch {
    throw new Trouble("Not recorded: unecho does not answer. All answers before this one are kept; start unecho review again to go on");
  }
  if (!response.ok) throw new Trouble([told.error || response.statusText, told.hint].filter(Boolean).join(" – "), told.screen);
  return told;
}
