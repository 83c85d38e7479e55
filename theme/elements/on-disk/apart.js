/**
 * Some browsers give every page that is opened from a disk a store of its own (Firefox): what one page keeps, no other
 * reads. There the course is as in a browser that keeps nothing, and says so (messages.js), instead of forgetting from
 * page to page. The bundle starts this before anything else.
 */

/** Whether pages keep things apart from each other. Where they share what they keep, they have an origin (Chromium). */
export const apart = location.protocol === "file:" && location.origin === "null";

if (apart) {
  Object.defineProperty(globalThis, "indexedDB", { value: undefined });
  for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(globalThis, name, {
      get() {
        throw new DOMException("each page from a disk has a store of its own", "SecurityError");
      },
    });
}
