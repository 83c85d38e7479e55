/**
 * Where nothing is kept, learners are told where they begin and on the pages that would show it, not only at the first
 * answer. A page that has left the frame of a learning platform says so at once.
 */
import { alone } from "../backends.js";
import { messages } from "../messages.js";
import { tell } from "../store.js";
import { _ } from "../words.js";
import { apart } from "./apart.js";

const keeps = document.body.matches(".page--home, .page--own") && !document.querySelector("p-search");
if (apart && keeps) tell(messages.notKept.blocked);
if (alone)
  tell(
    _(
      "This page was opened by itself, so your learning platform does not hear what you do here. " +
        "To have it saved, go back to the window in which the course is open."
    )
  );
