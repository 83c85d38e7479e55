/** A text to copy by hand, where it can be saved in no file. */
import { make } from "./site.js";
import { _ } from "./words.js";

/** @param {string} text */
export function showToCopy(text) {
  const title = make("h2", { id: "copying-title" }, _("Copy what you want to keep"));
  const field = make("textarea", { readonly: "", rows: "12", "aria-labelledby": "copying-title" }, text);
  const close = make("button", { type: "button", class: "button" }, _("Close"));
  const dialog = make(
    "dialog",
    { "aria-labelledby": "copying-title" },
    title,
    make(
      "p",
      {},
      _("Your learning platform lets no files out. Copy this text, and paste it where you keep such things.")
    ),
    make("div", { class: "field" }, field),
    close
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  field.select();
}
