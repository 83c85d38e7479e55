/**
 * Reads a lesson or a conversation aloud, piece by piece, with voices of this device alone. A bar at the end of the
 * window pauses, goes on, ends and says how fast. A pause begins its piece anew: browsers that stop a voice in the
 * middle of a word do not all find it again.
 */
import { plainWords } from "./plain-words.js";
import { language, make } from "./site.js";
import { say } from "./speech.js";
import { get, quietly, set } from "./store.js";
import { localVoices } from "./voices.js";
import { _ } from "./words.js";

/**
 * @typedef {{audio: HTMLAudioElement, from: number, to: number}} Sound a part of a recording, in seconds
 * @typedef {{place: Element, words: string, speaker: number, sound?: Sound}} Piece something to read; `speaker` 0
 *   tells, and 1 and 2 are the two of a conversation. A part of a recording is heard in place of its words.
 */

const said = {
  bar: _("Reading aloud"),
  pause: _("Pause"),
  goOn: _("Go on reading"),
  end: _("Stop"),
  speed: _("Speed"),
  speeds: { slow: _("Slower"), usual: _("Usual speed"), fast: _("Faster") },
  /** @param {string} name @param {string} words */
  speaks: (name, words) => _("{name} says: {words}", { name, words }),
  /** @param {string} name @param {string} does */
  does: (name, does) => _("{name} {does}.", { name, does: does.replace(/[.…]+$/, "") }),
  failed: _("This device could not read that aloud."),
};

const SPEED = "listening";
/** @type {Record<string, number>} */
const RATES = { slow: 0.8, usual: 1, fast: 1.25 };
/** How high each speaks where there is one voice for all. */
const PITCHES = [1, 0.85, 1.2];
/** Seconds by which a recording may be away from where a turn begins and go on. */
const SKIP = 0.6;
/** A name that is followed by what someone does: such a remark begins small. */
const DOES = /^\p{Ll}/u;

/** @type {{end: () => void} | undefined} */
let reading;

/**
 * What was recorded of a conversation, turn by turn.
 * @param {Element} dialogue
 * @param {HTMLAudioElement} audio
 * @returns {Piece[]}
 */
function recorded(dialogue, audio) {
  const times = (audio.dataset.times ?? "").split(" ").map(Number);
  return [...dialogue.querySelectorAll(".turn")].map((place, turn) => ({
    place,
    words: plainWords(place),
    speaker: 0,
    sound: { audio, from: times[turn], to: times[turn + 1] ?? Number.POSITIVE_INFINITY },
  }));
}

/** @param {Element} dialogue @returns {Piece[]} */
function conversation(dialogue) {
  /** @type {Set<string>} */
  const met = new Set();
  const told = [...dialogue.querySelectorAll("h2, .dialogue__setting")].map((place) => ({
    place,
    words: plainWords(place),
    speaker: 0,
  }));
  const audio = dialogue.querySelector("audio");
  if (audio) return [...(localVoices().length ? told : []), ...recorded(dialogue, audio)];
  const turns = [...dialogue.querySelectorAll(".turn")].flatMap((turn) => {
    const speaker = turn.classList.contains("turn--b") ? 2 : 1;
    const part = (/** @type {string} */ name) => plainWords(turn.querySelector(`.turn__${name}`));
    const name = part("speaker").replace(/:$/, "");
    const does = part("does");
    const words = part("says");
    // What somebody does is told and not spoken.
    const done = DOES.test(does) ? said.does(name, does) : does;
    const known = met.has(name) || done.startsWith(name);
    met.add(name);
    return [
      { place: turn, words: done, speaker: 0 },
      { place: turn, words: known || !words ? words : said.speaks(name, words), speaker },
    ].filter((piece) => piece.words);
  });
  return [...told, ...turns];
}

/** All that a lesson teaches in words, in its order, without questions and what is for paper. @returns {Piece[]} */
const lesson = () =>
  [
    ...document.querySelectorAll(
      "main > :is(h1, h2, h3, h4, p, ul, ol, blockquote), .dialogue, " +
        "main > :is(.hook, .callout, .rules, .content-note) :is(h2, p, li)"
    ),
  ]
    .filter((place) => !place.matches(".eyebrow, .without-script, .message, p:has(> button), .links"))
    .filter((place) => !place.closest(".key, .question"))
    .flatMap((place) =>
      place.matches(".dialogue") ? conversation(place) : { place, words: plainWords(place), speaker: 0 }
    )
    .filter(({ words }) => words);

/** The speed that this reader has chosen. */
const chosen = () => {
  const speed = get(SPEED) ?? "";
  return Object.hasOwn(RATES, speed) ? speed : "usual";
};

/**
 * Reads what a button stands for. What was read before ends.
 * @param {HTMLButtonElement} button
 */
export function listen(button) {
  reading?.end();
  const voices = localVoices();
  const dialogue = button.closest(".dialogue");
  const pieces = dialogue ? conversation(dialogue) : lesson();
  let at = 0;
  let going = true;
  /** Counts what was begun: what a voice tells of an earlier piece no longer holds. */
  let turn = 0;

  const toggle = make("button", { type: "button", class: "button" });
  const stop = make("button", { type: "button", class: "button button--second" }, said.end);
  const speed = /** @type {HTMLSelectElement} */ (make("select", { id: "listen-speed" }));
  for (const [name, words] of Object.entries(said.speeds)) speed.append(make("option", { value: name }, words));
  speed.value = chosen();
  const state = make("p");
  const bar = make(
    "div",
    { class: "listening", role: "group", "aria-label": said.bar },
    toggle,
    stop,
    make("label", { for: speed.id, class: "vh" }, said.speed),
    speed,
    state
  );

  const mark = (/** @type {Element | undefined} */ place) => {
    for (const read of document.querySelectorAll(".is-read")) read.classList.remove("is-read");
    place?.classList.add("is-read");
    place?.scrollIntoView({ block: "nearest" });
  };

  /** What is silent once the piece that is heard ends early. */
  let silence = () => {};

  function read() {
    turn += 1;
    globalThis.speechSynthesis?.cancel();
    toggle.textContent = going ? said.pause : said.goOn;
    const piece = pieces[at];
    if (!going || !piece?.sound) silence();
    if (!going) return;
    if (!piece) {
      end();
      return;
    }
    mark(piece.place);
    if (piece.sound) play(piece.sound);
    else readAloud(piece);
  }

  function goOn() {
    at += 1;
    read();
  }

  function fail() {
    going = false;
    toggle.textContent = said.goOn;
    say(state, said.failed);
  }

  /** Plays a part of a recording; what follows it at once goes on without a gap. @param {Sound} sound */
  function play({ audio, from, to }) {
    const mine = turn;
    const heard = new AbortController();
    const { signal } = heard;
    silence = () => {
      heard.abort();
      audio.pause();
      silence = () => {};
    };
    audio.playbackRate = RATES[speed.value];
    if (audio.paused || Math.abs(audio.currentTime - from) > SKIP) audio.currentTime = from;
    const next = () => {
      heard.abort();
      if (mine === turn) goOn();
    };
    audio.addEventListener("timeupdate", () => audio.currentTime >= to && next(), { signal });
    audio.addEventListener("ended", next, { signal });
    audio.addEventListener("error", fail, { signal });
    audio.play().catch(() => mine === turn && !signal.aborted && fail());
  }

  /** @param {Piece} piece */
  function readAloud({ words, speaker }) {
    const mine = turn;
    const utterance = new SpeechSynthesisUtterance(words);
    utterance.lang = language();
    utterance.voice = voices[speaker % voices.length];
    utterance.rate = RATES[speed.value];
    utterance.pitch = voices.length > 2 ? 1 : PITCHES[speaker];
    utterance.addEventListener("end", () => mine === turn && goOn());
    utterance.addEventListener("error", () => mine === turn && fail());
    speechSynthesis.speak(utterance);
  }

  function end() {
    turn += 1;
    globalThis.speechSynthesis?.cancel();
    silence();
    mark(undefined);
    const back = bar.contains(document.activeElement);
    bar.remove();
    if (back) button.focus();
    if (reading?.end === end) reading = undefined;
  }

  toggle.addEventListener("click", () => {
    going = !going;
    state.textContent = "";
    read();
  });
  stop.addEventListener("click", end);
  speed.addEventListener("change", () => {
    void quietly(set(SPEED, speed.value));
    if (going) read();
  });
  bar.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") end();
  });
  reading = { end };
  (button.parentElement ?? button).after(bar);
  read();
  toggle.focus();
}

addEventListener("pagehide", () => reading?.end());
