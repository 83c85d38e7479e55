/**
 * All modules of the site in one classic script, for pages that are opened from a disk: browsers load no modules there.
 * Each module is a function that gives what it exports, and is called once, when it is first needed. The builder puts
 * them where MODULES stands. Which of them a page starts with, its script element says.
 */
(() => {
  /**
   * @typedef {Record<string, any>} Exports
   * @typedef {(need: (name: string) => Exports, later: (name: string) => Promise<Exports>, meta: {url: string}) =>
   *   Exports} Module
   */
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const root = new URL("../", script.src);
  /** @type {Record<string, Module>} */
  const MODULES = {};
  /** What modules gave, or how they failed. @type {Record<string, () => Exports>} */
  const made = {};

  /** @param {string} name @returns {() => Exports} */
  function start(name) {
    try {
      const given = MODULES[name](need, later, { url: new URL(name, root).href });
      return () => given;
    } catch (error) {
      return () => {
        throw error;
      };
    }
  }

  /** @param {string} name */
  function need(name) {
    made[name] ??= start(name);
    return made[name]();
  }

  /** @param {string} name its way from the top, or its whole address */
  async function later(name) {
    await undefined; // whoever asks for it has started by then
    return need(name.startsWith(root.href) ? name.slice(root.href.length) : name);
  }

  const ours = (/** @type {string} */ name) => `elements/on-disk/${name}.js`;
  const own = script.dataset.start?.split(" ") ?? [];
  for (const name of [ours("apart"), ...own, ours("notice"), ours("captions")]) {
    try {
      need(name);
    } catch (error) {
      // One that fails keeps no other from starting, and is told as if it stood alone.
      setTimeout(() => {
        throw error;
      });
    }
  }
})();
