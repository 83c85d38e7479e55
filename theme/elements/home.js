/** The home page of someone who has been here before: what is due, below what to go on with. */
import { today } from "./day.js";
import { pageAt } from "./page-at.js";
import { record } from "./record.js";
import { due } from "./review-model.js";
import { make } from "./site.js";
import { ngettext } from "./words.js";

const said = {
  /** @param {number} count */
  dueNow: (count) =>
    ngettext("{count} question is due for review", "{count} questions are due for review", count, { count }),
};

const start = document.querySelector(".hero .button");
const waiting = due(record(), today()).length;
if (waiting)
  start?.parentElement?.after(
    make("ul", { class: "links due" }, make("li", {}, make("a", { href: pageAt("review/") }, said.dueNow(waiting))))
  );
