/** Addresses of pages, for whatever scripts link to. A course on a disk has other ones (on-disk/page-at.js). */
import { root } from "./site.js";

/** The address of a page, by its way from the top of the site. @param {string} path */
export const pageAt = (path) => new URL(path, root).href;

/** Where the site stands, for what others are told of it. */
export const siteAddress = root.href;
