// Stands between the terminal's script and the server: where the socket is, what is said when there is nothing more
// to see, and files that are handed over.
"use strict";

const terminal = () => document.getElementById("terminal");

function say(sentence) {
  const said = document.getElementById("said");
  if (said.hidden) {
    document.getElementById("sentence").textContent = sentence;
    terminal().hidden = true;
    said.hidden = false;
    said.querySelector("a").focus();
  }
}

function focus() { // so that keys work without a click
  terminal().querySelector("textarea")?.focus({preventScroll: true});
}

function hand(key) {
  const link = document.createElement("a");
  link.href = `download/${encodeURIComponent(key)}`;
  link.download = "";
  link.click();
}

window.WebSocket = class extends WebSocket {
  constructor(url) {
    super(url);
    this.addEventListener("open", () => { // not before: the terminal tells of its focus at once
      focus();
      window.addEventListener("focus", focus);
      document.addEventListener("click", focus);
    });
    this.addEventListener("message", (event) => {
      if (typeof event.data !== "string") return;
      const [kind, what] = JSON.parse(event.data);
      if (kind === "ended") say(what);
      if (kind === "deliver_file_start") hand(what);
      event.stopImmediatePropagation();
    });
    this.addEventListener("close", () => say("The connection to Outcome Tracker has ended. What was saved is safe."));
  }
};

// The terminal's script makes a drawer for WebGL, and at once another one that draws with canvas in its place. Without
// WebGL, as on many virtual desktops, the first would stop everything: it gets something that says yes to all it asks.
const yes = new Proxy(function () {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => 1 : yes),
  apply: () => yes,
});
const getContext = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind === "webgl2" ? yes : getContext.call(this, kind, ...rest);
};

const begin = window.onload; // the terminal's own
window.onload = async (event) => {
  const address = new URL("ws", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  address.search = "";
  terminal().dataset.sessionWebsocketUrl = address.href;
  await document.fonts.load("16px 'Roboto Mono'").catch(() => {}); // cells are measured once, by the font that is there
  begin(event);
};
