/** How something of this site is loaded. A course on a disk has another way (on-disk/loading.js). */
import { root } from "./site.js";

/**
 * A file of JSON.
 * @param {string} address from the top of the site
 * @returns {Promise<any>}
 */
export async function loadJson(address) {
  const answer = await fetch(new URL(address, root));
  if (!answer.ok) throw new Error(`${address} could not be loaded (${answer.status})`);
  return answer.json();
}

/**
 * A page as a document. This way makes no use of HTML as text, which is closed to the site's own scripts as well
 * (Trusted Types).
 * @param {string} address
 * @returns {Promise<Document>}
 */
export const loadPage = (address) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.addEventListener("loadend", () =>
      request.status === 200 && request.responseXML
        ? resolve(request.responseXML)
        : reject(new Error(`${address} could not be loaded`))
    );
    request.send();
  });
