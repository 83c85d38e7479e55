/**
 * The modules that the page lists, on cards or as links to their parts.
 * @returns {import("./next-step.js").Listed[]}
 */
export function listed() {
  const cards = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("main [data-parts]"));
  if (cards.length) return [...cards].map(onCard);
  /** @type {Map<string, string[]>} */
  const parts = new Map();
  for (const { dataset } of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("main a[data-part]"))) {
    const { module = "", part = "" } = dataset;
    parts.set(module, [...(parts.get(module) ?? []), part]);
  }
  return [...parts].map(([module, names]) => ({ module, parts: names }));
}

/** The module of a card, with its parts. @param {HTMLElement} card @returns {import("./next-step.js").Listed} */
export const onCard = ({ dataset: { module = "", parts = "" } }) => ({ module, parts: parts.split(" ") });
