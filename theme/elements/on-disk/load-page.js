import { root } from "../site.js";
import { textOf, trusted } from "./texts.js";

/** @param {string} address @returns {Promise<Document>} */
export async function loadPage(address) {
  const text = await textOf(address.slice(root.href.length));
  return new DOMParser().parseFromString(trusted.createHTML(text), "text/html");
}
