/** The home page of someone who has been here before: where to go on, and what is due. */
import { journal } from "./journal.js";
import { messages } from "./messages.js";
import { record } from "./record.js";
import { due } from "./review-model.js";
import { make, root, today } from "./site.js";

const { place, ...rest } = record();
const start = document.querySelector(".hero .button");
if (start && place) {
  const go = make("a", { class: "button", href: new URL(place.url, root).href }, messages.goOn(place.title));
  start.classList.add("button--second");
  start.before(go, " ");
}
const waiting = due({ place, ...rest }, today()).length;
const plans = Object.values(journal().entries).filter((entry) => entry.revisit && entry.revisit <= today()).length;
const links = [
  ...(waiting ? [make("li", {}, make("a", { href: new URL("review/", root).href }, messages.dueNow(waiting)))] : []),
  ...(plans ? [make("li", {}, make("a", { href: new URL("journal/", root).href }, messages.plansDue(plans)))] : []),
];
if (links.length) start?.parentElement?.after(make("ul", { class: "links due" }, ...links));
