// One visit in this page: a terminal whose type is as large as the kiosk says, in millimetres. Nothing is kept here
// but how many pixels a millimetre has on this glass.
"use strict";

const MEASURED = "bangban.pixels-per-mm";
const FIRST_GUESS = 5;
const CARD = { width: 85.6, height: 53.98 }; // millimetres: ISO/IEC 7810, ID-1
const STEP = 1.02;
const UNASKED = 300; // milliseconds in which a browser that wants no touch lets a page sound
const AGAIN = 2000; // milliseconds until the kiosk is called again
const FULL = 4001, SMALL = 4002; // kiosk/serve/visit.py
const SCREEN = 0; // the first byte of what the terminal shows: kiosk/serve/stream.py
const FONT = '"Noto Sans Mono CJK SC", "Sarasa Mono SC", "DejaVu Sans Mono", monospace';
const MOUSE_MODES = [1000, 1002, 1003], PIXEL_MODE = 1016;
const ROUNDING = 0.02; // of a cell: the page is told whole pixels of all of them together
const RESET = 2, SET = 1;

const body = document.body;
const show = (state) => { body.dataset.state = state; };

// ---- how large a millimetre is ------------------------------------------------------------------------------------

function pixelsPerMm() {
  const known = Number(body.dataset.width);
  if (known) return screen.width / known;
  const kept = Number(localStorage.getItem(MEASURED));
  return kept > 1 && kept < 40 ? kept : 0;
}

function measure() {
  let perMm = pixelsPerMm() || FIRST_GUESS;
  const draw = () => {
    const frame = document.getElementById("card");
    frame.style.width = `${CARD.width * perMm}px`;
    frame.style.height = `${CARD.height * perMm}px`;
  };
  document.getElementById("smaller").onclick = () => { perMm /= STEP; draw(); };
  document.getElementById("larger").onclick = () => { perMm *= STEP; draw(); };
  document.getElementById("same").onclick = () => {
    localStorage.setItem(MEASURED, String(perMm));
    location.replace("/");
  };
  draw();
  show("measure");
}

function face() {
  const measured = (letter, size) => {
    const brush = document.createElement("canvas").getContext("2d");
    brush.font = `${size}px ${FONT}`;
    return brush.measureText(letter);
  };
  // Above 200 pixels letters are drawn by other means, and their height is told coarsely.
  const wide = measured("W", 1000), capital = measured("H", 200);
  return {
    advance: Math.round(10 * wide.width) / 10000,
    capital: capital.actualBoundingBoxAscent / 200,
    natural_line: (wide.fontBoundingBoxAscent + wide.fontBoundingBoxDescent) / 1000,
  };
}

// ---- the terminal -------------------------------------------------------------------------------------------------

const terminal = new Terminal({
  fontFamily: FONT,
  scrollback: 0,
  cursorBlink: false,
  customGlyphs: true,
  theme: { background: "#000000", foreground: "#ffffff" },
  windowOptions: {},
});
const modes = new Set();
let line = null; // the connection of this visit

function glass() {
  return document.querySelector("#screen .xterm-screen");
}

function listenToModes() {
  const note = (on) => (given) => {
    for (const mode of given.flat()) {
      if (on) modes.add(mode); else modes.delete(mode);
    }
    return false;
  };
  terminal.parser.registerCsiHandler({ prefix: "?", final: "h" }, note(true));
  terminal.parser.registerCsiHandler({ prefix: "?", final: "l" }, note(false));
  terminal.parser.registerCsiHandler({ prefix: "?", intermediates: "$", final: "p" }, (given) => {
    if (given[0] !== PIXEL_MODE) return false;
    sendKeys(`\x1b[?${PIXEL_MODE};${modes.has(PIXEL_MODE) ? SET : RESET}$y`);
    return true;
  });
  // The type size is told as to xterm: the font by its pixels.
  terminal.parser.registerOscHandler(50, (font) => {
    const pixels = /:pixelsize=(\d{1,3})$/.exec(font);
    if (pixels) writeAt(Number(pixels[1]));
    return true;
  });
}

function writeAt(pixels) {
  terminal.options.fontSize = pixels;
  fit();
}

function fit() {
  const before = glass().getBoundingClientRect();
  const width = before.width / terminal.cols, height = before.height / terminal.rows;
  if (!(width > 0 && height > 0)) return;
  const fits = (room, cell) => Math.max(2, Math.floor(room / cell + ROUNDING));
  terminal.resize(fits(innerWidth, width), fits(innerHeight, height));
  tellWindow();
}

function tellWindow() {
  const now = glass().getBoundingClientRect();
  send(JSON.stringify({
    columns: terminal.cols, rows: terminal.rows,
    across: Math.round(now.width), down: Math.round(now.height),
  }));
}

// ---- keys and fingers ---------------------------------------------------------------------------------------------

const encoder = new TextEncoder();

function send(words) {
  if (line && line.readyState === WebSocket.OPEN) line.send(words);
}

function sendKeys(keys) {
  send(encoder.encode(keys));
}

function forBrowser(event) {
  return event.ctrlKey || event.altKey || event.metaKey || /^F\d+$/.test(event.key)
    || ["Tab", "Escape", "ContextMenu", "Backspace", "BrowserBack", "BrowserForward"].includes(event.key);
}

function listenToKeys() {
  terminal.onData(sendKeys);
  terminal.attachCustomKeyEventHandler((event) => {
    if (forBrowser(event)) event.preventDefault();
    return true;
  });
  addEventListener("keydown", (event) => {
    if (forBrowser(event)) event.preventDefault();
    sound.touched();
    if (body.dataset.state === "sitting") terminal.focus();
  }, true);
  for (const name of ["contextmenu", "dragstart", "dragover", "drop", "selectstart", "copy", "cut", "paste", "wheel",
    "gesturestart", "auxclick"]) {
    addEventListener(name, (event) => { event.preventDefault(); event.stopPropagation(); },
      { capture: true, passive: false });
  }
}

// A finger is told as a mouse: down, along, up. xterm.js itself tells no way of a finger, only taps.
function listenToFingers() {
  let finger = null;
  const tell = (event, code, end) => {
    if (!MOUSE_MODES.some((mode) => modes.has(mode))) return;
    const at = glass().getBoundingClientRect();
    const within = (value, most) => Math.min(Math.max(value, 0), most - 1);
    const x = within(event.clientX - at.left, at.width), y = within(event.clientY - at.top, at.height);
    const place = modes.has(PIXEL_MODE)
      ? [Math.floor(x), Math.floor(y)]
      : [Math.floor(x / at.width * terminal.cols), Math.floor(y / at.height * terminal.rows)];
    sendKeys(`\x1b[<${code};${place[0] + 1};${place[1] + 1}${end}`);
  };
  const surface = document.getElementById("screen");
  const on = (name, act) => surface.addEventListener(name, (event) => {
    event.preventDefault();
    event.stopPropagation();
    act(event);
  }, { capture: true, passive: false });
  on("pointerdown", (event) => {
    terminal.focus();
    sound.touched();
    if (finger !== null || event.button !== 0) return;
    finger = event.pointerId;
    tell(event, 0, "M");
  });
  on("pointermove", (event) => {
    if (event.pointerId !== finger) return;
    const way = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
    for (const step of way.length ? way : [event]) tell(step, 32, "M");
  });
  const lift = (event) => {
    if (event.pointerId !== finger) return;
    finger = null;
    tell(event, 0, "m");
    sound.wake();
    fillTheGlass();
  };
  on("pointerup", lift);
  on("pointercancel", lift);
  for (const name of ["mousedown", "mousemove", "mouseup", "click", "dblclick", "touchstart", "touchmove", "touchend"]) {
    on(name, () => {});
  }
}

// Where the browser still shows its own bars, the first touch takes them away.
function fillTheGlass() {
  if (document.fullscreenElement || !matchMedia("(display-mode: browser)").matches) return;
  const filled = document.documentElement.requestFullscreen?.();
  return filled?.then(() => navigator.keyboard?.lock?.()).catch(() => {});
}

// Nothing sounds in a browser before somebody has touched its page: that is asked for before a visit begins, so
// that the visit is heard from its first word. Where the browser wants no touch, nobody is asked.
async function firstTouch() {
  if (!sound.possible() || await sound.wake(UNASKED)) return;
  show("touch");
  const begun = new AbortController(); // by the first of these, and not by another one in the midst of the visit
  await new Promise((begin) => {
    const once = (from, name, act) => from.addEventListener(name, () => act(), { capture: true, signal: begun.signal });
    const touched = () => {
      begun.abort();
      show("wait");
      // One that does not let it sound, or is long about it, shows the visit without.
      Promise.allSettled([sound.wake(), within(fillTheGlass())]).then(begin);
    };
    for (const name of ["pointerup", "click", "keydown"]) once(window, name, touched);
    // It wanted none, and was long about it.
    const unasked = () => {
      if (!sound.on()) return;
      begun.abort();
      show("wait");
      begin();
    };
    if (sound.context) once(sound.context, "statechange", unasked);
    once(document, "visibilitychange", unasked);
  });
}

function within(promise) {
  return Promise.race([promise, new Promise((late) => setTimeout(late, sound.PATIENCE))]);
}

// ---- one visit ----------------------------------------------------------------------------------------------------

function call(perMm) {
  const where = location.protocol === "https:" ? "wss:" : "ws:";
  line = new WebSocket(`${where}//${location.host}/sitting`);
  line.binaryType = "arraybuffer";
  line.onopen = () => send(JSON.stringify({ across: innerWidth, down: innerHeight, per_mm: perMm, ...face() }));
  line.onmessage = (message) => {
    if (typeof message.data === "string") {
      begin(JSON.parse(message.data));
      return;
    }
    const bytes = new Uint8Array(message.data);
    if (bytes[0] === SCREEN) terminal.write(bytes.subarray(1), appear);
    else sound.take(message.data);
  };
  line.onclose = (event) => {
    line = null;
    sound.forget();
    terminal.reset();
    modes.clear();
    show(event.code === FULL ? "full" : event.code === SMALL ? "small" : "wait");
    setTimeout(() => callAgain(perMm), AGAIN);
  };
}

// A connection that does not open tells no reason: a browser that is let in no more has to be told so by a page.
function callAgain(perMm) {
  fetch("/").then(
    (answer) => { if (answer.status === 403) location.reload(); else call(perMm); },
    () => setTimeout(() => callAgain(perMm), AGAIN),
  );
}

// Keys are heard from now on, before anything was touched.
function appear() {
  if (!line || body.dataset.state === "sitting") return;
  show("sitting");
  terminal.focus();
}

function begin(told) {
  terminal.options.lineHeight = told.line;
  writeAt(told.pixels);
}

function start() {
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  const perMm = pixelsPerMm();
  if (!perMm || (new URLSearchParams(location.search).has("measure") && !Number(body.dataset.width))) {
    addEventListener("contextmenu", (event) => event.preventDefault());
    measure();
    return;
  }
  if (location.search) history.replaceState(null, "", "/");
  terminal.open(document.getElementById("screen"));
  // No keyboard of the tablet's own over the page: the pages have theirs.
  terminal.textarea.inputMode = "none";
  terminal.textarea.addEventListener("blur", () => setTimeout(() => terminal.focus()));
  listenToModes();
  listenToKeys();
  listenToFingers();
  addEventListener("resize", fit);
  if (body.dataset.sound) sound.begin(send);
  firstTouch().then(() => call(perMm));
}

start();
