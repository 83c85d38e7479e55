/** What is taken from another page of the site, and fits into this one. */
import { loadPage } from "./load-page.js";

/** Pages that were asked for. @type {Map<string, Promise<Document>>} */
const pages = new Map();

/**
 * A page of the site as a document, loaded once.
 * @param {URL} url the part after # is left out
 * @returns {Promise<Document>}
 * @throws where it cannot be had
 */
export function otherPage(url) {
  const { href } = Object.assign(new URL(url), { hash: "" });
  const page = pages.get(href) ?? loadPage(href);
  pages.set(href, page);
  return page;
}

/**
 * A copy of an element, whose addresses lead from here to where they led from its own page.
 * @param {Element} element
 * @param {URL} from its page
 * @returns {HTMLElement}
 */
export function brought(element, from) {
  const copy = /** @type {HTMLElement} */ (document.importNode(element, true));
  for (const attribute of ["href", "src"])
    for (const inner of copy.querySelectorAll(`[${attribute}]`))
      inner.setAttribute(attribute, new URL(inner.getAttribute(attribute) ?? "", from).href);
  return copy;
}
