// What the kiosk says in this visit: samples in the order in which they come, and silence at once when it is told,
// when somebody touches the page, when the page is not looked at and when the line is gone. Nothing is kept.
"use strict";

const sound = (() => {
  const RATE = 22050; // a second: voice/engines/samples.py
  const SAMPLES = 1, SILENCE = 2; // kiosk/serve/stream.py, as the places in a message
  const RUN_AT = 2, COUNT_AT = 6, SAMPLES_AT = 10;
  const LOUDEST = 32768;
  const IN_HAND = 0.1; // seconds before the first sample sounds, so that one that is late on its way is not missed
  const FADE = 0.005; // seconds: cut off at once, a loudspeaker clicks
  const TELL = 50; // milliseconds from one word about how far it is to the next
  const HUSH = 400; // milliseconds for which a touch is heard as silence, should the kiosk not be silent by then
  const MOST_LATENCY = 0.25; // seconds from here to the loudspeaker; voice/browser_outlet.py sends no more ahead than that needs
  const PATIENCE = 1000; // milliseconds in which a browser lets a page sound, or does not

  let context = null; // where it sounds, for as long as the page stands
  let speaker = null; // all that sounds goes through here
  let voice = null; // of this run alone
  let run = null; // its number; none before the kiosk has begun one
  let heard = 0; // samples, counted by the kiosk
  let pieces = []; // what is to sound: when, and how many samples will have been heard then
  let next = 0; // when the last of them ends
  let telling = 0;
  let told = false; // whether it could be heard, when that was last told
  let send = null; // to the kiosk; none where nothing is to sound

  const now = () => context.currentTime - Math.min(context.outputLatency || 0, MOST_LATENCY);
  const on = () => context !== null && context.state === "running" && !document.hidden;

  function possible() {
    return send !== null && typeof AudioContext === "function";
  }

  function open() {
    if (context || !possible()) return;
    try {
      context = new AudioContext({ sampleRate: RATE });
    } catch {
      context = new AudioContext(); // it takes no rate but its own, and makes ours fit
    }
    speaker = context.createGain();
    speaker.connect(context.destination);
    context.addEventListener("statechange", look);
  }

  // True once it sounds. To be called from within a touch or a key, as browsers have it.
  async function wake(patience = PATIENCE) {
    if (!possible() || on()) return on();
    try {
      open();
      await Promise.race([context.resume(), new Promise((late) => setTimeout(late, patience))]);
    } catch {
      return false;
    }
    return on();
  }

  // Whether it can be heard has changed, or may have.
  function look() {
    if (on() === told) return;
    if (!on()) silence();
    tell();
  }

  function tell() {
    if (run === null) return;
    told = on();
    if (context) note();
    send(JSON.stringify({ run, heard, on: told }));
    if (!pieces.length) {
      clearInterval(telling);
      telling = 0;
    }
  }

  // How far it is.
  function note() {
    const at = now();
    while (pieces.length && pieces[0].end <= at) heard = pieces.shift().count;
    const [piece] = pieces;
    if (piece && at > piece.start) heard = piece.count - Math.ceil((piece.end - at) * RATE);
  }

  function silence() {
    pieces = [];
    if (!voice) return;
    const old = voice;
    voice = null;
    fade(old, 0);
    setTimeout(() => old.disconnect(), 4000 * FADE);
  }

  function fade(gain, to) {
    const at = context.currentTime;
    gain.gain.cancelScheduledValues(at);
    gain.gain.setValueAtTime(gain.gain.value, at);
    gain.gain.linearRampToValueAtTime(to, at + FADE);
  }

  function play(count, samples) {
    if (!voice) {
      voice = context.createGain();
      voice.connect(speaker);
      next = 0;
    }
    const buffer = context.createBuffer(1, samples.length, RATE);
    const channel = buffer.getChannelData(0);
    for (let at = 0; at < samples.length; at++) channel[at] = samples[at] / LOUDEST;
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(voice);
    const start = next > context.currentTime ? next : context.currentTime + IN_HAND;
    next = start + samples.length / RATE;
    source.start(start);
    pieces.push({ start, end: next, count: count + samples.length });
    telling ||= setInterval(tell, TELL);
  }

  // A message of the kiosk about sound.
  function take(message) {
    const view = new DataView(message);
    const kind = view.getUint8(0), of = view.getUint32(RUN_AT, true);
    if (kind === SILENCE) {
      silence();
      run = of;
      heard = 0;
      tell();
    } else if (kind === SAMPLES && of === run && on()) {
      play(view.getUint32(COUNT_AT, true), new Int16Array(message, SAMPLES_AT));
    }
  }

  // Any key or touch stops the voice. The kiosk does it; on a slow line it is heard here first.
  function touched() {
    wake();
    if (!pieces.length || !voice) return;
    const hushed = voice;
    fade(hushed, 0);
    setTimeout(() => { if (hushed === voice) fade(hushed, 1); }, HUSH);
  }

  // The line is gone, and the visit with it.
  function forget() {
    silence();
    clearInterval(telling);
    telling = 0;
    run = null;
    told = false;
  }

  function begin(through) {
    send = through;
    document.addEventListener("visibilitychange", look);
  }

  return { PATIENCE, possible, on, begin, wake, take, touched, forget,
    get context() { return context; }, get speaker() { return speaker; } };
})();
