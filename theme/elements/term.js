/**
 * Shows what a word of the glossary means without leaving the page. The words come from the page of the glossary.
 */
import { brought, otherPage } from "./other-page.js";
import { make } from "./site.js";
import { _ } from "./words.js";

const said = {
  close: _("Close"),
  all: _("All words"),
};

/**
 * Opens what a link to the glossary leads to.
 * @param {HTMLAnchorElement} link
 * @throws where the glossary, or the word in it, cannot be had
 */
export async function open(link) {
  const address = new URL(link.href);
  const entry = (await otherPage(address)).getElementById(address.hash.slice(1));
  const [name, definition] = [entry?.querySelector("dt"), entry?.querySelector("dd")];
  if (!name || !definition) throw new Error(`${address.hash} is not in the glossary`);
  const close = make("button", { type: "button", class: "button button--second" }, said.close);
  const meaning = make("p", { id: "meaning" }, ...brought(definition, address).childNodes);
  const note = make(
    "div",
    {
      class: "meaning",
      popover: "auto",
      role: "dialog",
      tabindex: "-1",
      "aria-labelledby": "meant",
      "aria-describedby": "meaning",
    },
    make("h2", { id: "meant", class: "meaning__word" }, name.textContent ?? ""),
    meaning,
    make("p", {}, close, " ", make("a", { href: address.href }, said.all))
  );
  close.addEventListener("click", () => note.hidePopover());
  note.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "open") return;
    // Whoever has gone on to something else stays there.
    if (note.contains(document.activeElement) || document.activeElement === document.body) link.focus();
    note.remove();
  });
  (link.closest("p, li, dd, td, h2, h3") ?? link).after(note);
  note.showPopover();
  note.focus();
}
