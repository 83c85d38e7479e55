/** A course on a disk has no service worker that keeps anything. */

/** @returns {Promise<Set<string>>} */
export const kept = async () => new Set();

export const forget = async () => {};
