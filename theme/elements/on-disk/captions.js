/**
 * Captions on a disk, where a browser loads none from a file: their text comes as a script, and is put beside what is
 * heard cue by cue (WebVTT; settings of places are passed over).
 */
import { root } from "../site.js";
import { textOf } from "./texts.js";

/** A line with the times of a cue: minutes and seconds, perhaps hours before them. */
const TIMES = /^((?:\d+:)?\d+:\d+\.\d+)[ \t]+-->[ \t]+((?:\d+:)?\d+:\d+\.\d+)/;

/** @param {string} time */
const seconds = (time) => time.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);

/** The cues of a file, in order. @param {string} text */
export function cuesOf(text) {
  return text
    .replace(/\r\n?/g, "\n")
    .trim()
    .split(/\n{2,}/)
    .flatMap((block) => {
      const lines = block.split("\n");
      const at = lines.findIndex((line) => TIMES.test(line));
      const [, from, to] = TIMES.exec(lines[at] ?? "") ?? [];
      return from ? [{ from: seconds(from), to: seconds(to), text: lines.slice(at + 1).join("\n") }] : [];
    });
}

/**
 * Puts the captions of a recording beside it, in the place of those that would come from a file.
 * @param {HTMLTrackElement} file
 */
async function show(file) {
  const media = /** @type {HTMLMediaElement} */ (file.parentElement);
  const text = await textOf(file.src.slice(root.href.length));
  const track = media.addTextTrack(file.kind === "captions" ? "captions" : "subtitles", file.label, file.srclang);
  for (const cue of cuesOf(text)) track.addCue(new VTTCue(cue.from, cue.to, cue.text));
  track.mode = file.default ? "showing" : "hidden";
  file.remove();
}

for (const file of document.querySelectorAll("track")) show(file).catch(console.warn);
