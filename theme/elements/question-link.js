import { make } from "./site.js";

/**
 * A link to a question of this page, called by its heading and what it asks.
 * @param {Element} question
 */
export function linkTo(question) {
  const heading = question.closest(".check")?.querySelector("h2");
  const prompt = question.querySelector("legend, label")?.textContent?.trim() ?? "";
  return make("a", { href: `#${heading?.id ?? question.id}` }, `${heading?.textContent ?? ""}: ${prompt}`);
}
