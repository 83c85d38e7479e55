import { loadJson } from "./load-json.js";

/** Files that were asked for, by address. @type {Map<string, Promise<any>>} */
const files = new Map();

/**
 * A file of JSON of this site, which is loaded once. Whoever tries again after a failure asks anew.
 * @param {string} address from the top of the site
 */
export function siteFile(address) {
  const file = files.get(address) ?? loadJson(address);
  files.set(address, file);
  file.catch(() => files.delete(address));
  return file;
}
