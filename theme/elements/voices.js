/**
 * Voices of this device that speak the language of the page. Others would send the words to somebody else's computer.
 * @returns {SpeechSynthesisVoice[]} the one that the device prefers first
 */
export function localVoices() {
  const [wanted] = document.documentElement.lang.toLowerCase().split("-");
  return (globalThis.speechSynthesis?.getVoices() ?? [])
    .filter(({ localService, lang }) => localService && lang.toLowerCase().split(/[-_]/)[0] === wanted)
    .sort((one, other) => Number(other.default) - Number(one.default));
}
