/** What scripts say to learners. One file, so that a translation replaces one file. */
export const messages = {
  check: "Check my answer",
  tryAgain: "Check again",
  error: "Error: ",
  chooseOne: "Choose an answer first.",
  chooseSome: "Choose at least one answer first.",
  chooseStep: "Choose a step first.",
  fillAll: "Choose something for every line first.",
  fillGaps: "Fill every gap first.",
  write: "Write a word or two first.",
  writeFirst: "Write your own answer first. A few words are enough.",
  /** What is said of what was chosen, by the word that the key has for it. */
  verdicts: {
    right: "Correct.",
    wrong: "Not yet. Read the note below your answer, then try another.",
    best: "A strong answer.",
    acceptable: "An acceptable answer. There is a stronger one.",
    poor: "Not yet. Read the note below your answer, then try another.",
    harmful: "Not this one: it can do harm. Read the note below your answer, then try another.",
  },
  notYetText: "Not yet. Read the note, then try another word.",
  near: "Close. Read the note, then try again.",
  /** @param {number} right @param {number} chosen @param {number} wanted */
  several: (right, chosen, wanted) =>
    right === wanted && chosen === wanted
      ? "Correct. You found all of them."
      : `${right} of your ${chosen} choices ${right === 1 ? "belongs" : "belong"}. There are ${wanted} in all. ` +
        "Read the notes, then try again.",
  /** @param {number} right @param {number} all */
  lines: (right, all) =>
    right === all
      ? "Correct. Every line is right."
      : `${right} of ${all} ${right === 1 ? "is" : "are"} right. ` +
        "Change the lines that say “Not yet”, then check again.",
  /** @param {number} right @param {number} all */
  ordered: (right, all) =>
    right === all
      ? "Correct. Every line is in its place."
      : `${right} of ${all} ${right === 1 ? "is" : "are"} in place. Move the others, then check again.`,
  lineRight: "Correct.",
  lineNotYet: "Not yet.",
  placeNotYet: "Not yet in its place.",
  up: "Move up",
  down: "Move down",
  drag: "Drag",
  /** @param {string} name @param {number} place @param {number} all */
  place: (name, place, all) => `${name}: now ${place} of ${all}.`,
  /** @param {string} name @param {boolean} first */
  atEnd: (name, first) => `${name} is already ${first ? "first" : "last"}.`,
  /** @param {string} name @param {string} group */
  sorted: (name, group) => `${name}: now in ${group}.`,
  compare: "Compare with model answers",
  compareNow: "Model answers are open below. Look at your own answer with the list of questions after them.",
  keepStep: "Keep this step",
  /** @param {"before" | "after"} moment */
  stepKept: (moment) =>
    moment === "before"
      ? "Noted as where you start. Come back when you have finished the module."
      : "Noted as where you are now. The page “Your progress” shows both.",
  howSure: "How sure are you? You can leave this out.",
  sure: "Sure",
  notSure: "Not sure",
  /** @param {string} day @param {number | null} score */
  answered: (day, score) =>
    `You answered this on ${day}${score === 1 ? ", and it was right" : ""}. You can answer it again.`,
  /** @param {string} day */
  changed: (day) => `This question has changed since you answered it on ${day}. Your earlier answer no longer fits.`,
  notKept: {
    full:
      "There is no room left in this browser for this site. " +
      "You can go on, but nothing more is remembered when you leave the page. " +
      "Save a file on the page “Your progress”, or make room in the browser’s settings.",
    blocked:
      "This browser does not keep anything for this site just now: it is set not to, " +
      "or the window is a private one. You can go on. Nothing will be remembered when you leave the page.",
    newer:
      "Your saved progress was written by a newer version of this site. " +
      "It is left as it is, and nothing new is saved until the page is up to date.",
    unread:
      "Part of what was saved here can’t be read, and there is no room for a copy of it. " +
      "It is left as it is, and nothing new is saved. " +
      "Save a file on the page “Your progress”, then make room in the browser’s settings.",
    locked: "Your journal is locked. Open it first.",
    unfit: "Something on this page could not be saved. You can go on. Please tell whoever runs this site.",
  },
  setAside:
    "Part of your saved progress could not be read. " +
    "A copy of it has been set aside, and you can save it as a file on the page “Your progress”. " +
    "Everything else is as it was.",
  journalAside:
    "Part of what you had written could not be read. " +
    "A copy of it has been set aside, and you can save it as a file on the page “Your progress”. " +
    "Everything else is as it was.",
  ticked: "yes",
  keepWriting: "Keep what I write in this browser. Other people who use it can read it.",
  keepInTab: "Keep what I write until I close this tab.",
  finishedLesson: "I have finished this lesson",
  lessonFinished: "Noted as finished.",
  lessonOpen: "No longer noted as finished.",
  finished: "finished",
  /** @param {number} done @param {number} all */
  partsFinished: (done, all) => (done === all ? "All parts finished" : `${done} of ${all} parts finished`),
  /** @param {string} title */
  goOn: (title) => `Go on with ${title}`,
  /** @param {number} count */
  dueNow: (count) => `${count} ${count === 1 ? "question is" : "questions are"} due for review`,
  /** @param {number} count */
  plansDue: (count) => `${count} ${count === 1 ? "plan" : "plans"} to look at again`,
  /** @param {number} answered @param {number} all @param {number} first */
  quizState: (answered, all, first) =>
    answered
      ? `You have answered ${answered} of ${all}. ${first} ${first === 1 ? "was" : "were"} right the first time.`
      : "You have not answered any question yet.",
  missed: "Worth another look:",
  nothingMissed: "Every question that you answered is right now.",
  tryMissed: "Try again what was missed",
  showAll: "Show all questions again",
  /** @param {number} count */
  onlyMissed: (count) => `${count} ${count === 1 ? "question is" : "questions are"} shown: what was missed or is open.`,
  yourWay: "The way you took",
  /** @param {number} seen @param {number} all */
  endings: (seen, all) => (all === 1 ? "This scenario has one end." : `You have seen ${seen} of ${all} ends.`),
  newVersion: "A new version of this course is here.",
  loadNew: "Load it now",
  keepModule: "Keep this module for when I have no connection",
  keepAll: "Keep the whole course for when I have no connection",
  keeping: "Keeping it …",
  /** @param {number} done @param {number} of */
  keepingSome: (done, of) => `Keeping it: ${done} of ${of} files.`,
  keptOffline: "Kept. It opens without a connection now.",
  keepFailed: "It could not be kept. Check the connection, load the page again, and try once more.",
  contents: "Contents",
};
