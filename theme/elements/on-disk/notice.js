/**
 * Where nothing is kept, learners are told where they begin and on the pages that would show it, not only at the first
 * answer.
 */
import { messages } from "../messages.js";
import { tell } from "../store.js";
import { apart } from "./apart.js";

const keeps = document.body.matches(".page--home, .page--own") && !document.querySelector("p-search");
if (apart && keeps) tell(messages.notKept.blocked);
