/** What the scripts of the learner's own pages say. Apart from messages.js, so that a lesson does not load it. */
export const ownMessages = {
  noIndex: "The list of questions could not be loaded. What you have finished is shown all the same.",
  /** @param {number} done @param {number} all */
  parts: (done, all) => `${done} of ${all} parts finished`,
  reached: "Shown:",
  notYet: "Not yet:",
  /** @param {number} right @param {number} all */
  rightOf: (right, all) => `(${right} of ${all} questions right at the last try)`,
  objectives: "What you can show",
  /** @param {number} count */
  misconceptions: (count) => `${count} ${count === 1 ? "belief" : "beliefs"} that you have met`,
  misconceptionsWhy: "Each of these stood behind an answer that you chose. They are common, and worth remembering.",
  solved: "(answered well since)",
  confidence: "How sure you were",
  moment: { before: "Before", after: "After" },
  /** @param {number} place @param {number} of */
  stepOf: (place, of) => `step ${place} of ${of}`,
  /** @param {number} count */
  changed: (count) =>
    `${count} ${count === 1 ? "question has" : "questions have"} changed since you answered. ` +
    "Your earlier answers are kept until you answer again.",
  /** @param {number} count */
  gone: (count) =>
    `${count} of your answers ${count === 1 ? "belongs" : "belong"} to questions that are no longer here. ` +
    "They are set aside in your file.",
  ahead: "Reviews ahead",
  today: "today",
  /** @param {number} count @param {string} day */
  cards: (count, day) => `${count} ${count === 1 ? "question" : "questions"}: ${day}`,
  /** @param {number} count */
  waiting: (count) =>
    count ? `${count} ${count === 1 ? "question is" : "questions are"} due now.` : "Nothing is due today.",
  noCards: "Questions that you answer in lessons and quizzes come back here. There are none yet.",
  saveCalendar: "Save reminders for your calendar",
  file: "Keep it, move it, take it away",
  fileWhy:
    "Browsers can forget. Safari does so after a week without a visit. " +
    "A file keeps your progress safe, and takes it to another device.",
  withJournal: "Put my journal into the file as well",
  saveFile: "Save my progress as a file",
  openFile: "Open a file that you saved",
  previewTitle: "What this file would bring. Nothing has changed yet.",
  previewTable: "What is here, what is in the file, and both together",
  fileTooLarge: "it is too large",
  /** @param {number} count */
  unreadInFile: (count) =>
    `${count} ${count === 1 ? "part" : "parts"} of the file could not be read, and would be left out. ` +
    "The file itself stays as it is.",
  columns: ["What", "Here now", "In the file", "Together"],
  counted: { lessons: "Finished lessons and quizzes", questions: "Answered questions", cards: "Questions in review" },
  /** @param {number} count */
  brings: (count) =>
    `The file also has ${count} journal ${count === 1 ? "entry" : "entries"}. Entries that are here stay. ` +
    "Where both have written in the same place, both texts are kept.",
  merge: "Add it to what is here",
  replace: "Put it in place of what is here",
  replaceSure:
    "The file then takes the place of your progress here. A copy of what is here now is set aside on this page.",
  replaceYes: "Yes, put it in place",
  replaceNo: "No, leave it as it is",
  restored: "Done. What the file held is here now.",
  replaced: "Done. What the file held is here now, and what was here before is set aside below.",
  notRestored: "Not done.",
  journalNotRestored: "The journal could not be taken over.",
  /** @param {string} why */
  badFile: (why) => `This file can’t be used: ${why}. Nothing was changed.`,
  /** @param {number} number */
  aside: (number) =>
    `Set aside (${number}): something that was saved here could not be read as a whole, or a file took its place.`,
  /** @param {number} number */
  saveAside: (number) => `Save it as a file (${number})`,
  /** @param {number} number */
  lookAside: (number) => `See what can be brought back (${number})`,
  /** @param {number} number */
  dropAside: (number) => `Delete what was set aside (${number})`,
  dropAsideSure: "Delete this copy? It can’t be undone.",
  deviceTitle: "This device",
  deviceAsk: "Who uses it?",
  device: {
    private: "Only people I trust. Keep my progress in this browser.",
    shared: "Others too. Keep nothing when I close the tab.",
  },
  deviceIs: {
    private: "From now on your progress is kept in this browser.",
    shared: "From now on nothing is kept beyond this tab. What was kept has been deleted.",
  },
  useDevice: "Use this choice",
  sharedSure:
    "This deletes your progress, your reviews and your journal from this browser, " +
    "and nothing is kept beyond this tab any more. It can’t be undone. " +
    "Save a file first if you may want it back.",
  sharedYes: "Yes, delete it and keep nothing",
  sharedNo: "No, leave it as it is",
  deviceStays: "Nothing has changed.",
  deviceWhy: "What is kept can be read by anyone who uses this browser.",
  wipe: "Delete everything that this site has kept",
  wipeSure:
    "This deletes your progress, your reviews and your journal from this browser. It can’t be undone. " +
    "Save a file first if you may want it back.",
  wipeYes: "Yes, delete everything",
  wipeNo: "No, keep it",
  wiped: "Everything that this site had kept is deleted.",
  wipedElsewhere: "Other open pages of this site start again without it.",
  closeOthers: "Close other open pages of this site too: this browser cannot tell them.",
  notWiped:
    "Not everything could be deleted: the browser does not allow it. " +
    "Clear the data of this site in the browser’s settings.",
  // review
  nothingDue: "Nothing is due today. Come back another day, or take a lesson.",
  /** @param {string} day */
  nextDue: (day) => `The next question comes on ${day}.`,
  /** @param {number} count */
  startReview: (count) => `Start with ${count} ${count === 1 ? "question" : "questions"}`,
  /** @param {number} place @param {number} of @param {string} module */
  cardOf: (place, of, module) => `${place} of ${of}: ${module}`,
  nextCard: "Next question",
  sessionDone: "That was the last one for now.",
  /** @param {number} right @param {number} all */
  sessionSaid: (right, all) => `${right} of ${all} moved on at the first try. The others come back tomorrow.`,
  again: "Once more, since it was not right before:",
  cardLost: "This question could not be loaded. It stays where it is.",
  open: "Open the page it comes from",
  saveCards: "Save the questions as cards for Anki",
  // journal
  journalEmpty: "There is nothing here yet. In an exercise, tick “Keep what I write in this browser”.",
  passphrase: "Passphrase of your journal",
  openJournal: "Open the journal",
  opening: "Opening it …",
  wrongPassphrase: "This does not open it. Look at capital letters and spaces, and try again.",
  isLocked: "Your journal is locked",
  isLockedWhy: "It opens with your passphrase, for this page only.",
  isOpen: "Your journal is open.",
  openHere: "Your journal is open on this page. It closes when you leave the page.",
  closeJournal: "Close it now",
  forgotten: "I have forgotten the passphrase",
  forgottenSure:
    "Nobody can open this journal without the passphrase. You can only delete it and start anew. It can’t be undone.",
  lockTitle: "Lock it with a passphrase",
  lockWhy: [
    "If you forget the passphrase, what you have written is lost. " +
      "Nobody can bring it back: not the people who run this site either. " +
      "Save your journal as a file first, if it matters to you.",
    "You type the passphrase on every page on which you read or write your journal.",
    "The lock keeps out people who use this browser later, and other sites at this address. " +
      "It does not help while the journal is open, or against someone who watches what you type. " +
      "Files that you save are not locked.",
    "Four or five words that have nothing to do with each other make a good passphrase.",
  ],
  newPassphrase: "New passphrase",
  passphraseAgain: "The same passphrase again",
  /** @param {number} count */
  tooShort: (count) => `Take a longer one: ${count} letters or more.`,
  notTheSame: "This is not the same passphrase. Type it again.",
  lockJournal: "Lock my journal",
  locking: "Locking it …",
  nowLocked: "Your journal has a passphrase now. It stays open until you leave this page.",
  dropPassphrase: "Take the passphrase away",
  dropPassphraseSure: "Then everyone who uses this browser can read your journal. Take the passphrase away?",
  dropPassphraseYes: "Yes, take it away",
  dropPassphraseNo: "No, leave it",
  passphraseDropped: "Your journal has no passphrase any more.",
  lockNeedsHttps: "A passphrase for the journal is offered only where the address of this site starts with https.",
  lockedInFile: "Your journal is locked. It goes into the file as it is, and opens with its passphrase.",
  lockedHere:
    "Your journal here is locked, so what the file holds of a journal is left out. " +
    "Take the passphrase away on the page “Your journal” first, if you want both.",
  lockedThere: "The journal in the file is locked. It is taken over only where this browser has no journal yet.",
  journalOn: "Keep what I write in exercises in this browser",
  plans: "What I plan to do",
  revisit: "Look at this again on",
  revisitKept: "The day is noted.",
  /** @param {string} day */
  written: (day) => `Written on ${day}`,
  where: "Where it comes from",
  /** @param {string} label */
  deleteOne: (label) => `Delete: ${label}`,
  deleteOneSure: "Delete this entry? You can bring it back for as long as this page is open.",
  deleteAll: "Delete the whole journal",
  deleteAllSure: "Delete everything that you have written here? It can’t be undone.",
  deleteYes: "Yes, delete it",
  deleteNo: "No, keep it",
  deleted: "Deleted.",
  bringBack: "Bring it back",
  broughtBack: "It is back.",
  saveMarkdown: "Save as text (Markdown)",
  saveHtml: "Save as a web page",
  print: "Print",
  journalTitle: "My journal",
  // search
  /** @param {number} found @param {number} shown */
  results: (found, shown) =>
    found === 0
      ? "Nothing found. Try another word, or the start of one."
      : found > shown
        ? `${found} places found. The best ${shown} are shown.`
        : `${found} ${found === 1 ? "place" : "places"} found.`,
  searchLost: "The index could not be loaded. Try again when you are connected.",
  // a page that was not kept
  online: "The connection is back. You can try again.",
  back: "Go back",
  otherPages: "Other pages",
  // completion record
  recordName: "Name on the record (it is printed, not kept)",
  recordFor: "Completed by",
  recordDate: "Printed on",
  recordSum: "Checksum of the progress file",
  recordVerify: "Compare with a progress file",
  /** @param {boolean} same */
  recordSame: (same) =>
    same
      ? "The checksum belongs to this file: the record was printed from it."
      : "The checksum does not belong to this file. It was changed since, or it is another one.",
  recordType: "Checksum on the printed record",
  recordNone: "Nothing is noted as finished yet.",
  partly: "in part",
};
