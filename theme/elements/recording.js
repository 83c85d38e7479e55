/**
 * A recording of one’s own voice. The microphone is asked for when the button is pressed, and let go when the
 * recording ends. What was recorded is in the memory of this page alone: it is gone when the page is left, unless the
 * learner saves it as a file. It is played from memory, so that no policy has to be opened for it.
 */
import { today } from "./day.js";
import { make, onLeaving } from "./site.js";
import { say } from "./speech.js";
import { _, ngettext } from "./words.js";

const own = {
  record: _("Record yourself"),
  again: _("Record again"),
  stop: _("Stop recording"),
  hear: _("Hear yourself"),
  quiet: _("Stop"),
  save: _("Save it as a file"),
  drop: _("Delete it"),
  why: _(
    "Your browser asks for the microphone. The recording stays in this page alone: " +
      "it goes nowhere, and it is gone when you leave the page."
  ),
  asking: _("Your browser asks whether it may use the microphone."),
  recording: _("Recording …"),
  /** @param {number} seconds */
  recorded: (seconds) =>
    ngettext(
      "Recorded: {seconds} second. It is gone when you leave the page.",
      "Recorded: {seconds} seconds. It is gone when you leave the page.",
      seconds,
      { seconds }
    ),
  full: _("That was three minutes, so the recording has ended."),
  dropped: _("The recording is deleted."),
  saved: _("The file is yours now. This site does not keep it."),
  notPlayed: _("This browser could not play the recording. You can save it as a file."),
  empty: _("Nothing was recorded. Try again, and speak a little longer."),
  cannot: _("This browser cannot record here. Say it aloud all the same: nobody has to hear it."),
};

/** Why there is no recording, by what browsers call it. @type {Record<string, string>} */
const WHY = {
  NotAllowedError: _(
    "The microphone was not allowed, so nothing was recorded. Say it aloud all the same, " +
      "or allow the microphone for this site in your browser."
  ),
  NotFoundError: _("No microphone was found. Say it aloud all the same."),
  NotReadableError: _("The microphone cannot be used now: another program may have it. Try again later."),
};

/** Longer than anybody needs for one thing to say. */
const LONGEST = 180_000;

/** The one that records now: there is one microphone. @type {Recording | undefined} */
let busy;

export class Recording {
  /** @type {MediaRecorder | undefined} */
  #recorder;
  /** @type {Blob | undefined} */
  #recorded;
  /** @type {AudioBufferSourceNode | undefined} */
  #sound;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #limit;
  #since = 0;
  /** Counts what was begun: an answer of the browser to an earlier wish no longer counts. */
  #turn = 0;
  /** The same for what was to be heard: it takes a moment until a recording can be played. */
  #hearing = 0;
  #record = make("button", { type: "button", class: "button" }, own.record);
  #hear = make("button", { type: "button", class: "button button--second" }, own.hear);
  #save = make("button", { type: "button", class: "button button--second" }, own.save);
  #drop = make("button", { type: "button", class: "button button--second" }, own.drop);
  #state = make("p");
  #plays = () => {};
  element = make(
    "div",
    { class: "recording" },
    make("p", { class: "fine" }, own.why),
    this.#record,
    this.#hear,
    this.#save,
    this.#drop,
    this.#state
  );

  constructor() {
    this.#record.addEventListener("click", () => (this.#recorder ? this.#stop() : void this.#start()));
    this.#hear.addEventListener("click", () => (this.#sound ? this.quiet() : void this.#play()));
    this.#save.addEventListener("click", () => this.#saveFile());
    this.#drop.addEventListener("click", () => {
      this.forget();
      say(this.#state, own.dropped);
      this.#record.focus();
    });
    this.#show();
    onLeaving(() => document.visibilityState === "hidden" && this.#stop());
    addEventListener("pagehide", () => this.forget());
  }

  /** What is to be done when the recording is played. @param {() => void} does */
  onPlay(does) {
    this.#plays = does;
  }

  #show() {
    const there = this.#recorded !== undefined && !this.#recorder;
    for (const button of [this.#hear, this.#save, this.#drop]) button.hidden = !there;
    this.#record.textContent = this.#recorder ? own.stop : there ? own.again : own.record;
    this.#hear.textContent = this.#sound ? own.quiet : own.hear;
  }

  async #start() {
    this.#turn += 1;
    const mine = this.#turn;
    this.quiet();
    if (busy) busy.#stop();
    if (!navigator.mediaDevices?.getUserMedia || !globalThis.MediaRecorder) {
      say(this.#state, own.cannot);
      return;
    }
    say(this.#state, own.asking);
    /** @type {MediaStream | undefined} */
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (mine === this.#turn) this.#begin(stream);
      else letGo(stream);
    } catch (error) {
      console.warn(error);
      if (stream) letGo(stream);
      if (mine === this.#turn) say(this.#state, WHY[error instanceof DOMException ? error.name : ""] ?? own.cannot);
    }
  }

  /** @param {MediaStream} stream */
  #begin(stream) {
    const mine = this.#turn;
    let full = false;
    const recorder = new MediaRecorder(stream);
    /** @type {Blob[]} */
    const pieces = [];
    recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    recorder.addEventListener("stop", () => {
      letGo(stream);
      if (busy === this) busy = undefined;
      if (mine !== this.#turn) return;
      clearTimeout(this.#limit);
      const whole = new Blob(pieces, { type: recorder.mimeType });
      const seconds = Math.max(1, Math.round((performance.now() - this.#since) / 1000));
      const recorded = full ? `${own.full} ${own.recorded(seconds)}` : own.recorded(seconds);
      this.#recorder = undefined;
      if (whole.size) this.#recorded = whole;
      say(this.#state, whole.size ? recorded : own.empty);
      this.#show();
    });
    // A browser may refuse this: then nothing has begun.
    recorder.start();
    busy = this;
    this.#recorder = recorder;
    this.#since = performance.now();
    this.#limit = setTimeout(() => {
      full = true;
      this.#stop();
    }, LONGEST);
    say(this.#state, own.recording);
    this.#show();
  }

  #stop() {
    clearTimeout(this.#limit);
    if (this.#recorder?.state === "recording") this.#recorder.stop();
  }

  async #play() {
    const recorded = this.#recorded;
    if (!recorded) return;
    this.quiet();
    const mine = this.#hearing;
    this.#plays();
    /** @type {AudioContext | undefined} */
    let opened;
    try {
      const context = new AudioContext();
      opened = context;
      const sound = context.createBufferSource();
      sound.buffer = await context.decodeAudioData(await recorded.arrayBuffer());
      if (mine !== this.#hearing) {
        void context.close();
        return;
      }
      sound.connect(context.destination);
      sound.addEventListener("ended", () => {
        void context.close();
        if (this.#sound === sound) this.#sound = undefined;
        this.#show();
      });
      sound.start();
      this.#sound = sound;
    } catch (error) {
      console.warn(error);
      void opened?.close();
      if (mine === this.#hearing) say(this.#state, own.notPlayed);
    }
    this.#show();
  }

  /** Ends what is being played, or was about to be. */
  quiet() {
    this.#hearing += 1;
    this.#sound?.stop();
  }

  #saveFile() {
    if (!this.#recorded) return;
    const url = URL.createObjectURL(this.#recorded);
    const form = this.#recorded.type.includes("mp4") ? "m4a" : this.#recorded.type.includes("ogg") ? "ogg" : "webm";
    make("a", { href: url, download: `practice-${today()}.${form}` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    say(this.#state, own.saved);
  }

  /** Lets go of the microphone and of what was recorded. */
  forget() {
    this.#turn += 1;
    this.#stop();
    this.quiet();
    [this.#recorder, this.#recorded] = [undefined, undefined];
    this.#state.textContent = "";
    this.#show();
  }
}

/** @param {MediaStream} stream */
function letGo(stream) {
  for (const track of stream.getTracks()) track.stop();
}
