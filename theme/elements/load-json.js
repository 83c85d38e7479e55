import { root } from "./site.js";

/**
 * A file of JSON of this site. A course on a disk loads it in another way (on-disk/load-json.js).
 * @param {string} address from the top of the site
 * @returns {Promise<any>}
 */
export async function loadJson(address) {
  const answer = await fetch(new URL(address, root));
  if (!answer.ok) throw new Error(`${address} could not be loaded (${answer.status})`);
  return answer.json();
}
