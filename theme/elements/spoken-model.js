/** Words of a model, said by a voice of this device. */
import { language } from "./site.js";
import { localVoices } from "./voices.js";
import { _ } from "./words.js";

const failed = _("This device could not read that aloud.");

export const stopSpeaking = () => globalThis.speechSynthesis?.cancel();

/**
 * @param {string} words
 * @param {(message: string) => void} fails
 */
export function speak(words, fails) {
  const [voice] = localVoices();
  if (!voice) {
    fails(failed);
    return;
  }
  stopSpeaking();
  const utterance = new SpeechSynthesisUtterance(words);
  utterance.lang = language();
  utterance.voice = voice;
  utterance.addEventListener("error", (event) => {
    if (!["canceled", "interrupted"].includes(event.error)) fails(failed);
  });
  speechSynthesis.speak(utterance);
}

addEventListener("pagehide", stopSpeaking);
