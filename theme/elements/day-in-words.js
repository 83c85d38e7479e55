import { language } from "./site.js";

/** Made once, which takes longer than all days of a page together. */
const form = new Intl.DateTimeFormat(language(), { dateStyle: "long" });

/** A stored date in words. @param {string} day */
export const inWords = (day) => form.format(new Date(`${day}T12:00`));
