/**
 * Registers an element once. The only place that does.
 * @param {string} name
 * @param {CustomElementConstructor} element
 */
export function define(name, element) {
  if ("customElements" in globalThis && !customElements.get(name)) customElements.define(name, element);
}
