/** The home page of someone who has been here before: where to go on, and what is due. */
import { journal } from "./journal.js";
import { record } from "./record.js";
import { due } from "./review-model.js";
import { make, root, today } from "./site.js";
import { _, ngettext } from "./words.js";

const said = {
  /** @param {string} title */
  goOn: (title) => _("Go on with {title}", { title }),
  /** @param {number} count */
  dueNow: (count) =>
    ngettext("{count} question is due for review", "{count} questions are due for review", count, { count }),
  /** @param {number} count */
  plansDue: (count) => ngettext("{count} plan to look at again", "{count} plans to look at again", count, { count }),
};

const { place, ...rest } = record();
const start = document.querySelector(".hero .button");
if (start && place) {
  const go = make("a", { class: "button", href: new URL(place.url, root).href }, said.goOn(place.title));
  start.classList.add("button--second");
  start.before(go, " ");
}
const waiting = due({ place, ...rest }, today()).length;
const plans = Object.values(journal().entries).filter((entry) => entry.revisit && entry.revisit <= today()).length;
const links = [
  ...(waiting ? [make("li", {}, make("a", { href: new URL("review/", root).href }, said.dueNow(waiting)))] : []),
  ...(plans ? [make("li", {}, make("a", { href: new URL("journal/", root).href }, said.plansDue(plans)))] : []),
];
if (links.length) start?.parentElement?.after(make("ul", { class: "links due" }, ...links));
