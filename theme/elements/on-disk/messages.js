/** What scripts say on pages that were opened from a disk: why nothing is kept there is another reason. */
import { messages as ofSite } from "../messages.js";
import { _ } from "../words.js";
import { apart } from "./apart.js";

const blocked = _(
  "This browser keeps nothing for pages that are opened from a disk. You can go on. " +
    "Nothing will be remembered when you leave the page. To have it remembered, open the course in Chrome or Edge."
);

export const messages = { ...ofSite, notKept: { ...ofSite.notKept, ...(apart ? { blocked } : {}) } };
