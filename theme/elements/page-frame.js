/**
 * What every page gains from script. The menu closes when someone goes on elsewhere. On narrow screens the link to the
 * contents becomes a button that opens them; without script it leads to the same list at the end of the page. The link
 * that leaves the site takes the page out of the history of this tab, so that Back does not show it; a key does the
 * same. F1 leads to help. What a link leads to is open.
 */
import { _ } from "./words.js";

const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector(".menu"));
if (menu) {
  for (const name of ["pointerdown", "focusin"])
    document.addEventListener(name, ({ target }) => {
      if (!menu.contains(/** @type {Node} */ (target))) menu.open = false;
    });
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

const link = document.querySelector("[data-opens]");
const contents = document.getElementById("contents");
if (link && contents) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = _("Contents");
  button.setAttribute("aria-controls", "contents");
  const show = (/** @type {boolean} */ open) => {
    contents.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  link.replaceWith(button);
  document.querySelector(".columns")?.prepend(contents);
  show(false);
  button.addEventListener("click", () => show(contents.hidden));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !contents.hidden) {
      show(false);
      button.focus();
    }
  });
}

// Help is one key away. It is no letter, so that nobody comes upon it by typing (WCAG 2.2, 2.1.4).
const help = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".bar .help"));
document.addEventListener("keydown", (event) => {
  if (event.key !== "F1" || !help || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.assign(help.href);
});

const leave = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-leave]"));
if (leave) {
  const go = () => location.replace(leave.href);
  leave.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  // Three times Shift, with nothing between, within three seconds: the way out without looking for it.
  /** @type {number[]} */
  let pressed = [];
  addEventListener("keydown", ({ key, repeat, timeStamp }) => {
    if (repeat) return;
    pressed = key === "Shift" ? [...pressed.slice(-2), timeStamp] : [];
    if (pressed.length > 2 && timeStamp - pressed[0] < 3000) go();
  });
  addEventListener("pointerdown", () => (pressed = []));
  // Browsers leave what the bar covers where it is (Firefox): the padding of the page counts only once they scroll.
  addEventListener("focusin", ({ target }) => {
    const bar = leave.parentElement;
    if (!(target instanceof Element) || !bar || bar.contains(target)) return;
    const { top, bottom } = target.getBoundingClientRect();
    const covered = bar.getBoundingClientRect().bottom - top;
    if (covered > 0 && bottom > 0) scrollBy({ top: -covered - 8, behavior: "instant" });
  });
}

// A word of the glossary opens where it stands. Where that cannot be had, the link leads to its page as before.
if ("popover" in HTMLElement.prototype)
  document.addEventListener("click", async (event) => {
    const term = event.target instanceof Element && event.target.closest("main a.term");
    if (!(term instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    try {
      await (await import("./term.js")).open(term);
    } catch (error) {
      console.warn(error);
      location.assign(term.href);
    }
  });

// Browsers open what a link leads into, the older ones not.
const open = () => document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
addEventListener("hashchange", open);
open();
