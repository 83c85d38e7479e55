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
  changed: (count) => `${count} ${count === 1 ? "question has" : "questions have"} changed since you answered. Your earlier answers are kept until you answer again.`,
  /** @param {number} count */
  gone: (count) => `${count} of your answers ${count === 1 ? "belongs" : "belong"} to questions that are no longer here. They are set aside in your file.`,
  ahead: "Reviews ahead",
  today: "today",
  /** @param {number} count @param {string} day */
  cards: (count, day) => `${count} ${count === 1 ? "question" : "questions"}: ${day}`,
  /** @param {number} count */
  waiting: (count) => (count ? `${count} ${count === 1 ? "question is" : "questions are"} due now.` : "Nothing is due today."),
  noCards: "Questions that you answer in lessons and quizzes come back here. There are none yet.",
  saveCalendar: "Save reminders for your calendar",
  file: "Keep it, move it, take it away",
  fileWhy: "Browsers can forget. Safari does so after a week without a visit. A file keeps your progress safe, and takes it to another device.",
  withJournal: "Put my journal into the file as well",
  saveFile: "Save my progress as a file",
  openFile: "Open a file that you saved",
  previewTitle: "What the file would bring. Nothing has changed yet.",
  columns: ["", "Here now", "In the file", "Together"],
  counted: { lessons: "Finished lessons and quizzes", questions: "Answered questions", cards: "Questions in review" },
  /** @param {number} count */
  brings: (count) => `The file also has ${count} journal ${count === 1 ? "entry" : "entries"}. Entries that are here stay as they are.`,
  merge: "Add it to what is here",
  replace: "Put it in place of what is here",
  restored: "Done. Your progress is here.",
  /** @param {string} why */
  badFile: (why) => `This file can’t be used: ${why}. Nothing was changed.`,
  aside: "Something that was saved here could not be read, and was set aside.",
  saveAside: "Save it as a file",
  dropAside: "Delete what was set aside",
  deviceTitle: "This device",
  deviceAsk: "Who uses it?",
  device: { private: "Only people I trust. Keep my progress in this browser.", shared: "Others too. Keep nothing when I close the tab." },
  deviceIs: { private: "From now on your progress is kept in this browser.", shared: "From now on nothing is kept beyond this tab. What was kept has been deleted." },
  deviceWhy: "What is kept can be read by anyone who uses this browser.",
  wipe: "Delete everything that this site has kept",
  wipeSure: "This deletes your progress, your reviews and your journal from this browser. It can’t be undone. Save a file first if you may want it back.",
  wipeYes: "Yes, delete everything",
  wipeNo: "No, keep it",
  wiped: "Everything that this site had kept is deleted.",
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
  journalOn: "Keep what I write in exercises in this browser",
  plans: "What I plan to do",
  revisit: "Look at this again on",
  /** @param {string} day */
  written: (day) => `Written on ${day}`,
  where: "Where it comes from",
  /** @param {string} label */
  deleteOne: (label) => `Delete: ${label}`,
  deleteOneSure: "Delete this entry? It can’t be undone.",
  deleteAll: "Delete the whole journal",
  deleteAllSure: "Delete everything that you have written here? It can’t be undone.",
  deleteYes: "Yes, delete it",
  deleteNo: "No, keep it",
  deleted: "Deleted.",
  saveMarkdown: "Save as text (Markdown)",
  saveHtml: "Save as a web page",
  print: "Print",
  journalTitle: "My journal",
  // search
  /** @param {number} found @param {number} shown */
  results: (found, shown) => (found === 0 ? "Nothing found. Try another word, or the start of one." : found > shown ? `${found} places found. The best ${shown} are shown.` : `${found} ${found === 1 ? "place" : "places"} found.`),
  searchLost: "The index could not be loaded. Try again when you are connected.",
  // completion record
  recordName: "Name on the record (it is printed, not kept)",
  recordFor: "Completed by",
  recordDate: "Printed on",
  recordSum: "Checksum of the progress file",
  recordVerify: "Compare with a progress file",
  /** @param {boolean} same */
  recordSame: (same) => (same ? "The checksum belongs to this file: the record was printed from it." : "The checksum does not belong to this file. It was changed since, or it is another one."),
  recordType: "Checksum on the printed record",
  recordNone: "Nothing is noted as finished yet.",
  partly: "in part",
};
