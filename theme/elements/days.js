/** Days in words. */
import { language } from "./site.js";

/** Made once, which takes longer than all days of a page together. @type {Intl.DateTimeFormat | undefined} */
let form;

/** A stored date in words. @param {string} day */
export function inWords(day) {
  form ??= new Intl.DateTimeFormat(language(), { day: "numeric", month: "long", year: "numeric" });
  return form.format(new Date(`${day}T12:00`));
}
