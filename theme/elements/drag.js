/**
 * Dragging as one more way, by mouse, pen or finger. Buttons and lists stay the first way.
 * @param {HTMLElement} handle what is taken hold of
 * @param {HTMLElement} moved what moves with it, marked while it does
 * @param {(under: Element | null, done: boolean, event: PointerEvent) => void}
 *   over called with what is under the pointer
 * @param {AbortSignal} signal
 */
export function drag(handle, moved, over, signal) {
  handle.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      const ending = new AbortController();
      const listen = { signal: ending.signal };
      const under = (/** @type {PointerEvent} */ at) => document.elementFromPoint(at.clientX, at.clientY);
      const end = (/** @type {PointerEvent} */ at, /** @type {boolean} */ dropped) => {
        ending.abort();
        moved.classList.remove("dragged");
        if (dropped) over(under(at), true, at);
      };
      moved.classList.add("dragged");
      addEventListener("pointermove", (at) => over(under(at), false, at), listen);
      addEventListener("pointerup", (at) => end(at, true), listen);
      addEventListener("pointercancel", (at) => end(at, false), listen);
      signal.addEventListener("abort", () => ending.abort(), listen);
    },
    { signal }
  );
}
