/** The lists of what can be kept, as the build writes them. */
import { root } from "./site.js";

/**
 * @typedef {{files: Record<string, string>, titles: Record<string, string>}} List fingerprints and titles by address
 * @typedef {List & {modules: Record<string, string>}} Whole what is in no module; and the modules, by their folders
 */

/** @param {string} name @returns {Promise<any>} */
const load = async (name) => (await fetch(new URL(name, root))).json();

/** @returns {Promise<Whole>} */
export const whole = () => load("assets/offline.json");

/** Where the list of a module stands. @param {string} folder */
export const placeOf = (folder) => `assets/offline/${folder.slice(0, -1)}.json`;

/** @param {string} folder @returns {Promise<List>} */
export const listOf = (folder) => load(placeOf(folder));
