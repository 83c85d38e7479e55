/** The same for a course on a disk, where no server gives out the page of a folder. */
import { root } from "../site.js";

/** @param {string} path */
export const pageAt = (path) => new URL(path.replace(/^([^#?]*\/)?(?=[#?]|$)/, "$1index.html"), root).href;

/** Where files stand on somebody's computer is nobody's business. */
export const siteAddress = "";
