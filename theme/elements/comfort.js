/**
 * Reads how someone likes to read before anything is drawn, so that nothing flashes. A classic script on purpose:
 * the page waits for it. The page “Reading comfort” writes what is read here (comfort-page.js).
 */
(() => {
  const html = document.documentElement;
  // What is there for those without script shows again where a script does not come, or does not start.
  if (globalThis.customElements) html.classList.add("scripted");
  addEventListener(
    "error",
    ({ target }) => {
      const other = target instanceof Element && !target.matches("script");
      if (document.readyState !== "complete" && !other) html.classList.remove("scripted");
    },
    true
  );
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  // As in site.js: a version of the course in a folder keeps things where the current one does.
  let top = new URL(html.dataset.cohort ? "../../" : "../", script.src).pathname.replace(/\/{2,}/g, "/");
  try {
    top = encodeURI(decodeURI(top));
  } catch {
    // As in site.js: an address that cannot be read stays as it is.
  }
  const key = `alongside:${top}:comfort`;
  try {
    // In a learning platform the frame around the page keeps it (backends.js).
    const text =
      html.dataset.keeps === "platform"
        ? /** @type {any} */ (parent).alongside.get("comfort")
        : (localStorage.getItem(key) ?? sessionStorage.getItem(key));
    const chosen = JSON.parse(text ?? "{}");
    for (const name of ["scheme", "size", "spacing", "measure", "font", "motion"]) {
      if (typeof chosen[name] === "string" && /^[a-z]{1,10}$/.test(chosen[name])) html.dataset[name] = chosen[name];
    }
  } catch {
    // Without storage the page looks as the browser likes it.
  }
})();
