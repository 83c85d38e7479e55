/** The home page of someone who has been here before: what is due, below what to go on with. */
import { journal } from "./journal.js";
import { record } from "./record.js";
import { due } from "./review-model.js";
import { make, root, today } from "./site.js";
import { ngettext } from "./words.js";

const said = {
  /** @param {number} count */
  dueNow: (count) =>
    ngettext("{count} question is due for review", "{count} questions are due for review", count, { count }),
  /** @param {number} count */
  plansDue: (count) => ngettext("{count} plan to look at again", "{count} plans to look at again", count, { count }),
};

const start = document.querySelector(".hero .button");
const waiting = due(record(), today()).length;
const plans = Object.values(journal().entries).filter((entry) => entry.revisit && entry.revisit <= today()).length;
const links = [
  ...(waiting ? [make("li", {}, make("a", { href: new URL("review/", root).href }, said.dueNow(waiting)))] : []),
  ...(plans ? [make("li", {}, make("a", { href: new URL("journal/", root).href }, said.plansDue(plans)))] : []),
];
if (links.length) start?.parentElement?.after(make("ul", { class: "links due" }, ...links));
