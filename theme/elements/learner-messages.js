/** What the scripts of the learner's own pages say. Apart from messages.js, so that a lesson does not load it. */
import { _, ngettext } from "./words.js";

/** Why a file cannot be used, by the word that an error has for it. @type {Record<string, string>} */
const unusable = {
  large: _("This file can’t be used: it is too large. Nothing was changed."),
  other: _("This file can’t be used: it is not a record file. Nothing was changed."),
  newer: _("This file can’t be used: a newer version of this site has written it. Nothing was changed."),
  version: _("This file can’t be used: its version is not known. Nothing was changed."),
  journal: _("This file can’t be used: it is not a journal. Nothing was changed."),
  entries: _("This file can’t be used: its entries are not as they should be. Nothing was changed."),
  lock: _("This file can’t be used: its lock is not as it should be. Nothing was changed."),
};

export const ownMessages = {
  noIndex: _("The list of questions could not be loaded. What you have finished is shown all the same."),
  partIndex: _(
    "Some modules could not be loaded, so not everything is shown. Load the page again when you are connected."
  ),
  /** @param {number} done @param {number} all */
  parts: (done, all) =>
    ngettext("{done} of {all} parts finished", "{done} of {all} parts finished", all, { done, all }),
  started: _("started"),
  notStarted: _("not started"),
  /** Modules. @param {number} all @param {number} some @param {number} none */
  whole: (all, some, none) =>
    [
      ngettext("{count} module finished", "{count} modules finished", all, { count: all }),
      // Translators: how many modules; the sentence goes on.
      ngettext("{count} started", "{count} started", some, { count: some }),
      // Translators: how many modules; the sentence ends here.
      ngettext("{count} not started.", "{count} not started.", none, { count: none }),
    ].join(", "),
  reached: _("Shown:"),
  notYet: _("Not yet:"),
  /** @param {number} right @param {number} all */
  rightOf: (right, all) =>
    ngettext(
      "({right} of {all} questions right at the last try)",
      "({right} of {all} questions right at the last try)",
      all,
      { right, all }
    ),
  /** @param {number} shown @param {number} all */
  aimsShown: (shown, all) =>
    ngettext("{shown} of {all} objective shown", "{shown} of {all} objectives shown", all, { shown, all }),
  aimsLater: _("An objective is shown by right answers to its questions. You have not answered any yet."),
  /** @param {number} count */
  misconceptions: (count) =>
    count
      ? ngettext("{count} mistaken belief met", "{count} mistaken beliefs met", count, { count })
      : _("No mistaken belief met yet"),
  misconceptionsWhy: _("Each of these stood behind an answer that you chose. They are common, and worth remembering."),
  solved: _("(answered well since)"),
  confidence: _("How sure you were"),
  moment: { before: _("Before"), after: _("After") },
  /** @param {number} place @param {number} of */
  stepOf: (place, of) => _("step {place} of {of}", { place, of }),
  /** @param {number} count */
  changed: (count) =>
    ngettext(
      "{count} question has changed since you answered. Your earlier answers are kept until you answer again.",
      "{count} questions have changed since you answered. Your earlier answers are kept until you answer again.",
      count,
      { count }
    ),
  /** @param {number} count */
  gone: (count) =>
    ngettext(
      "{count} of your answers belongs to questions that are no longer here. They are set aside in your file.",
      "{count} of your answers belong to questions that are no longer here. They are set aside in your file.",
      count,
      { count }
    ),
  ahead: _("Reviews ahead"),
  noReviews: _("No reviews yet"),
  goToReview: _("Go to review"),
  today: _("today"),
  /** @param {number} count @param {string} day */
  cards: (count, day) => ngettext("{count} question: {day}", "{count} questions: {day}", count, { count, day }),
  /** @param {number} count */
  waiting: (count) =>
    count
      ? ngettext("{count} question is due now.", "{count} questions are due now.", count, { count })
      : _("Nothing is due today."),
  noCards: _("Questions that you answer in lessons and quizzes come back here. There are none yet."),
  saveCalendar: _("Save reminders for your calendar"),
  /** @param {string} site */
  reviewDue: (site) => _("Review due: {site}", { site }),
  /** @param {string} site */
  planDue: (site) => _("A plan to look at again: {site}", { site }),
  /** @param {number} all @param {number} due */
  plansCount: (all, due) =>
    due
      ? ngettext("{due} plan is due", "{due} plans are due", due, { due })
      : all
        ? ngettext("{all} plan to look at again", "{all} plans to look at again", all, { all })
        : _("No plan to look at again"),
  plansHow: _("Set a date for a plan in your journal, and it comes back here."),
  plansSealed: _("Plans are behind the lock of your journal"),
  plansLocked: _("Your journal is locked. Open it to see whether a plan is due."),
  file: _("Keep it, move it, take it away"),
  fileWhy: _(
    "Browsers can forget. Safari does so after a week without a visit. " +
      "A file keeps your progress safe, and takes it to another device."
  ),
  withJournal: _("Put my journal into the file as well"),
  saveFile: _("Save my progress as a file"),
  openFile: _("Open a file that you saved"),
  previewTitle: _("What this file would bring. Nothing has changed yet."),
  previewTable: _("What is here, what is in the file, and both together"),
  /** @param {number} count */
  unreadInFile: (count) =>
    ngettext(
      "{count} part of the file could not be read, and would be left out. The file itself stays as it is.",
      "{count} parts of the file could not be read, and would be left out. The file itself stays as it is.",
      count,
      { count }
    ),
  columns: [_("What"), _("Here now"), _("In the file"), _("Together")],
  counted: {
    lessons: _("Finished lessons and quizzes"),
    questions: _("Answered questions"),
    cards: _("Questions in review"),
  },
  /** @param {number} count */
  brings: (count) =>
    ngettext(
      "The file also has {count} journal entry. Entries that are here stay. " +
        "Where both have written in the same place, both texts are kept.",
      "The file also has {count} journal entries. Entries that are here stay. " +
        "Where both have written in the same place, both texts are kept.",
      count,
      { count }
    ),
  merge: _("Add it to what is here"),
  replace: _("Put it in place of what is here"),
  replaceSure: _(
    "The file then takes the place of your progress here. A copy of what is here now is set aside on this page."
  ),
  replaceYes: _("Yes, put it in place"),
  replaceNo: _("No, leave it as it is"),
  restored: _("Done. What the file held is here now."),
  replaced: _("Done. What the file held is here now, and what was here before is set aside below."),
  notRestored: _("Not done."),
  journalNotRestored: _("The journal could not be taken over."),
  /** @param {string} why */
  badFile: (why) => unusable[why] ?? _("This file can’t be used: {why}. Nothing was changed.", { why }),
  /** @param {number} number */
  aside: (number) =>
    _(
      "Set aside ({number}): something that was saved here could not be read as a whole, or other work took its place.",
      {
        number,
      }
    ),
  /** @param {number} number */
  saveAside: (number) => _("Save it as a file ({number})", { number }),
  /** @param {number} number */
  lookAside: (number) => _("See what can be brought back ({number})", { number }),
  /** @param {string} title */
  startAgain: (title) => _("Start this module again: {title}", { title }),
  startAgainSure: _(
    "Your ticks, answers and reviews of this module go back to the beginning. Your journal stays as it is. " +
      "A copy of all your progress is set aside on this page, in case you want it back."
  ),
  quizAgain: _("Start this quiz again"),
  quizAgainSure: _(
    "Your answers to this quiz go back to the beginning; reviews come as before. " +
      "A copy of all your progress is set aside on the page “Your progress”, in case you want it back."
  ),
  startAgainYes: _("Yes, start it again"),
  startAgainNo: _("No, go on with it"),
  notStartedAgain: _("The module did not start again."),
  startedAgain: _("The module starts again. What was here before is set aside below."),
  /** @param {number} number */
  dropAside: (number) => _("Delete what was set aside ({number})", { number }),
  dropAsideSure: _("Delete this copy? It can’t be undone."),
  deviceTitle: _("This device"),
  deviceAsk: _("Who uses it?"),
  device: {
    private: _("Only people I trust. Keep my progress in this browser."),
    shared: _("Others too. Keep nothing when I close the tab."),
  },
  deviceIs: {
    private: _("From now on your progress is kept in this browser."),
    shared: _("From now on nothing is kept beyond this tab. What was kept has been deleted."),
  },
  useDevice: _("Use this choice"),
  sharedSure: _(
    "This deletes your progress, your reviews and your journal from this browser, " +
      "and nothing is kept beyond this tab any more. It can’t be undone. " +
      "Save a file first if you may want it back."
  ),
  sharedYes: _("Yes, delete it and keep nothing"),
  sharedNo: _("No, leave it as it is"),
  deviceStays: _("Nothing has changed."),
  deviceWhy: _("What is kept can be read by anyone who uses this browser."),
  wipe: _("Delete everything that this site has kept"),
  wipeSure: _(
    "This deletes your progress, your reviews and your journal from this browser. It can’t be undone. " +
      "Save a file first if you may want it back."
  ),
  wipeYes: _("Yes, delete everything"),
  wipeNo: _("No, keep it"),
  wiped: _("Everything that this site had kept is deleted."),
  wipedElsewhere: _("Other open pages of this site start again without it."),
  closeOthers: _("Close other open pages of this site too: this browser cannot tell them."),
  notWiped: _(
    "Not everything could be deleted: the browser does not allow it. " +
      "Clear the data of this site in the browser’s settings."
  ),
  // review
  nothingDue: _("Nothing is due today. Come back another day, or take a lesson."),
  /** @param {string} day */
  nextDue: (day) => _("The next question comes on {day}.", { day }),
  /** @param {number} count */
  startReview: (count) => ngettext("Start with {count} question", "Start with {count} questions", count, { count }),
  /** @param {number} place @param {number} of @param {number} again @param {string} module */
  cardOf: (place, of, again, module) =>
    again
      ? _("{place} of {of}, and {again} again: {module}", { place, of, again, module })
      : _("{place} of {of}: {module}", { place, of, module }),
  /** @param {number} place @param {number} of @param {string} module */
  cardAgain: (place, of, module) => _("Again, {place} of {of}: {module}", { place, of, module }),
  nextCard: _("Next question"),
  sessionDone: _("That was the last one for now."),
  /** @param {number} right @param {number} all */
  sessionSaid: (right, all) =>
    ngettext(
      "{right} of {all} moved on at the first try. The others come back tomorrow.",
      "{right} of {all} moved on at the first try. The others come back tomorrow.",
      right,
      { right, all }
    ),
  again: _("Once more, since it was not right before:"),
  cardLost: _("This question could not be loaded. It stays where it is."),
  open: _("Open the page it comes from"),
  saveCards: _("Save the questions as cards for Anki"),
  /** @param {number} count @param {number} lost */
  cardsSaved: (count, lost) =>
    [
      ngettext("{count} card is in the file.", "{count} cards are in the file.", count, { count }),
      lost &&
        ngettext(
          "{lost} question could not be loaded and is missing.",
          "{lost} questions could not be loaded and are missing.",
          lost,
          { lost }
        ),
    ]
      .filter(Boolean)
      .join(" "),
  // journal
  newNote: _("Write something of your own"),
  ownNotes: _("Notes of your own"),
  keepIt: _("Keep it"),
  leaveIt: _("Leave it as it was"),
  correct: _("Change"),
  deleteEntry: _("Delete"),
  ticked: _("Ticked:"),
  deleteTicks: _("Delete these ticks"),
  kept: _("Kept."),
  writeFirst: _("Write something first."),
  planIsDue: _("A plan that is due"),
  planAsks: _("A plan is due: what happened when you tried?"),
  happened: _("What happened when you tried?"),
  lookAgain: _("Look at it again on (if you like)"),
  notTriedYet: _("Not tried yet: ask me in a week"),
  /** By what the device is. */
  journalEmpty: {
    private: _("There is nothing here yet. In an exercise, tick “Keep what I write in this browser”."),
    shared: _("There is nothing here yet. In an exercise, tick “Keep what I write until I close this tab”."),
  },
  passphrase: _("Passphrase of your journal"),
  openJournal: _("Open the journal"),
  opening: _("Opening it …"),
  wrongPassphrase: _("This does not open it. Look at capital letters and spaces, and try again."),
  isLocked: _("Your journal is locked"),
  isLockedWhy: _("It opens with your passphrase, for this page only. If a plan is due, it is here then."),
  isOpen: _("Your journal is open."),
  isOpenDue: _("Your journal is open, and a plan is due."),
  isOpenNoneDue: _("Your journal is open. No plan is due today."),
  openHere: _("Your journal is open on this page. It closes when you leave the page."),
  closeJournal: _("Close it now"),
  forgotten: _("I have forgotten the passphrase"),
  forgottenSure: _(
    "Nobody can open this journal without the passphrase. You can only delete it and start anew. It can’t be undone."
  ),
  lockTitle: _("Lock it with a passphrase"),
  lockWhy: [
    _(
      "If you forget the passphrase, what you have written is lost. " +
        "Nobody can bring it back: not the people who run this site either. " +
        "Save your journal as a file first, if it matters to you."
    ),
    _("You type the passphrase on every page on which you read or write your journal."),
    _(
      "The lock keeps out people who use this browser later, and other sites at this address. " +
        "It does not help while the journal is open, or against someone who watches what you type. " +
        "Files that you save are not locked."
    ),
    _("Four or five words that have nothing to do with each other make a good passphrase."),
  ],
  newPassphrase: _("New passphrase"),
  passphraseAgain: _("The same passphrase again"),
  /** @param {number} count */
  tooShort: (count) =>
    ngettext("Take a longer one: {count} letters or more.", "Take a longer one: {count} letters or more.", count, {
      count,
    }),
  notTheSame: _("This is not the same passphrase. Type it again."),
  lockJournal: _("Lock my journal"),
  locking: _("Locking it …"),
  nowLocked: _("Your journal has a passphrase now. It stays open until you leave this page."),
  dropPassphrase: _("Take the passphrase away"),
  dropPassphraseSure: _("Then everyone who uses this browser can read your journal. Take the passphrase away?"),
  dropPassphraseYes: _("Yes, take it away"),
  dropPassphraseNo: _("No, leave it"),
  passphraseDropped: _("Your journal has no passphrase any more."),
  lockNeedsHttps: _("A passphrase for the journal is offered only where the address of this site starts with https."),
  lockedInFile: _("Your journal is locked. It goes into the file as it is, and opens with its passphrase."),
  lockedHere: _(
    "Your journal here is locked, so what the file holds of a journal is left out. " +
      "Take the passphrase away on the page “Your journal” first, if you want both."
  ),
  lockedThere: _("The journal in the file is locked. It is taken over only where this browser has no journal yet."),
  /** By what the device is. */
  journalOn: {
    private: _("Keep what I write in exercises in this browser"),
    shared: _("Keep what I write in exercises until I close this tab"),
  },
  plans: _("What I plan to do"),
  revisit: _("Look at this again on"),
  /** @param {string} day */
  revisitOn: (day) => _("Look at this again on {day}.", { day }),
  revisitKept: _("The day is noted."),
  /** @param {string} day */
  written: (day) => _("Written on {day}", { day }),
  where: _("Where it comes from"),
  deleteOneSure: _("Delete this entry? You can bring it back for as long as this page is open."),
  deleteAll: _("Delete the whole journal"),
  deleteAllSure: _("Delete everything that you have written here? It can’t be undone."),
  deleteYes: _("Yes, delete it"),
  deleteNo: _("No, keep it"),
  deleted: _("Deleted."),
  bringBack: _("Bring it back"),
  correctedGone: _(
    "The entry that you were correcting is no longer here. " +
      "What you have typed stands under “Write something of your own”."
  ),
  broughtBack: _("It is back."),
  saveMarkdown: _("Save as text (Markdown)"),
  saveHtml: _("Save as a web page"),
  print: _("Print"),
  journalTitle: _("My journal"),
  // search
  /** @param {number} found @param {number} shown */
  results: (found, shown) =>
    found === 0
      ? _("Nothing found. Try another word, or the start of one.")
      : found > shown
        ? ngettext(
            "{found} place found. The best {shown} are shown.",
            "{found} places found. The best {shown} are shown.",
            found,
            { found, shown }
          )
        : ngettext("{found} place found.", "{found} places found.", found, { found }),
  helpFirst: _("If someone may be in danger: “Get help now” stands above the results."),
  searchLost: _("The index could not be loaded. Try again when you are connected."),
  // a page that was not kept
  // completion record
  /** @param {string} path @param {number} done @param {number} all */
  recordPath: (path, done, all) =>
    done === all
      ? _("Path: {path}, all modules finished", { path })
      : ngettext(
          "Path: {path}, {done} of {all} module finished",
          "Path: {path}, {done} of {all} modules finished",
          all,
          { path, done, all }
        ),
  /** @param {string} first @param {string} last @param {number} count */
  recordDays: (first, last, count) =>
    ngettext("Worked on {count} day, {first}.", "Worked on {count} days, from {first} to {last}.", count, {
      first,
      last,
      count,
    }),
  recordShown: _("What I have shown"),
  recordShownHow: _("By right answers in the course, at the last try."),
  recordName: _("Name on the record (it is printed, not kept)"),
  recordFor: _("Completed by:"),
  /** @param {string} day */
  recordDate: (day) => _("Printed on: {day}", { day }),
  recordSave: _("Save as a file to hand in"),
  recordHolds: _("The file has your name, what you finished and how you answered. It holds nothing from your journal."),
  recordSum: _("Checksum of name, site and progress:"),
  recordVerify: _("Compare with a file"),
  /** @param {boolean} same */
  recordSame: (same) =>
    same
      ? _("The checksum belongs to this file: the record was printed from it.")
      : _(
          "The checksum does not belong to this file and this name. Something was changed since, or it is another one."
        ),
  recordNoSum: _("No checksum can be made here: that needs an address that starts with https."),
  /** @param {string} site @param {string} address */
  recordElsewhere: (site, address) =>
    _("The file comes from another site, or from before this one was renamed or moved: {site}, {address}.", {
      site,
      address,
    }),
  recordFill: _("Type the checksum from the printed record first."),
  recordType: _("Checksum on the printed record"),
  recordNone: _("Nothing is noted as finished yet."),
  /** Of a module of which no more is known. @param {number} count @param {string} day */
  recordSome: (count, day) =>
    ngettext("{count} part finished, on {day}", "{count} parts finished, the last on {day}", count, { count, day }),
  /** @param {number} done @param {number} all */
  partly: (done, all) => _("in part ({done}/{all})", { done, all }),
};
