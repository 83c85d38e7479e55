/** What scripts say on every page with something to answer, grouped so that a lesson loads what it needs. */
import { _, ngettext } from "./words.js";

export const messages = {
  check: _("Check my answer"),
  tryAgain: _("Check again"),
  readOn: _("Read on"),
  nextQuestion: _("Next question"),
  chooseOne: _("Choose an answer first."),
  /** What is said of what was chosen, by the word that the key has for it. */
  verdicts: {
    right: _("Correct."),
    wrong: _("Not yet. Read the note below your answer, then try another."),
    best: _("A strong answer."),
    acceptable: _("An acceptable answer. There is a stronger one."),
    poor: _("Not yet. Read the note below your answer, then try another."),
    harmful: _("Not this one: it can do harm. Read the note below your answer, then try another."),
  },
  howSure: _("How sure are you? You can leave this out."),
  sure: _("Sure"),
  notSure: _("Not sure"),
  /** @param {string} day @param {number | null} score */
  answered: (day, score) =>
    score === 1
      ? _("You answered this on {day}, and it was right. You can answer it again.", { day })
      : _("You answered this on {day}. You can answer it again.", { day }),
  /** Of an answer that a learning platform has kept, which knows nothing but its score. @param {number | null} score */
  answeredBefore: (score) =>
    score === 1
      ? _("You answered this before, and it was right. You can answer it again.")
      : _("You answered this before. You can answer it again."),
  /** @param {string} day */
  changed: (day) =>
    _("This question has changed since you answered it on {day}. Your earlier answer no longer fits.", { day }),
  notKept: {
    full: _(
      "There is no room left in this browser for this site. " +
        "You can go on, but nothing more is remembered when you leave the page. " +
        "Save a file on the page “Your progress”, or make room in the browser’s settings."
    ),
    blocked: _(
      "This browser does not keep anything for this site just now: it is set not to, " +
        "or the window is a private one. You can go on. Nothing will be remembered when you leave the page."
    ),
    newer: _(
      "Your saved progress was written by a newer version of this site. " +
        "It is left as it is, and nothing new is saved until the page is up to date."
    ),
    unread: _(
      "Part of what was saved here can’t be read, and there is no room for a copy of it. " +
        "It is left as it is, and nothing new is saved. " +
        "Save a file on the page “Your progress”, then make room in the browser’s settings."
    ),
    locked: _("Your journal is locked. Open it first."),
    unfit: _("Something on this page could not be saved. You can go on. Please tell whoever runs this site."),
  },
  setAside: _(
    "Part of your saved progress could not be read. " +
      "A copy of it has been set aside, and you can save it as a file on the page “Your progress”. " +
      "Everything else is as it was."
  ),
  keepWriting: _("Keep what I write in this browser. Other people who use it can read it."),
  keepInTab: _("Keep what I write until I close this tab."),
  finishedLesson: _("I have finished this lesson"),
  lessonFinished: _("Noted as finished."),
  lessonOpen: _("No longer noted as finished."),
  finished: _("finished"),
  yourWay: _("The way you took"),
  /** @param {number} seen @param {number} all */
  endings: (seen, all) =>
    all === 1
      ? _("This scenario has one end.")
      : ngettext("You have seen {seen} of {all} ends.", "You have seen {seen} of {all} ends.", all, { seen, all }),
};
