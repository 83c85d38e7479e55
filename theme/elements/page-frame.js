/**
 * What every page gains from script. On narrow screens the link to the contents becomes a button that opens
 * them; without script it leads to the same list at the end of the page. The link that leaves the site takes
 * the page out of the history of this tab, so that Back does not show it.
 */
import { messages } from "./messages.js";

const link = document.querySelector("[data-opens]");
const contents = document.getElementById("contents");
if (link && contents) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = messages.contents;
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

const leave = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-leave]"));
leave?.addEventListener("click", (event) => {
  event.preventDefault();
  location.replace(leave.href);
});
