/** What scripts say to learners. One file, so that a translation replaces one file. */
export const messages = {
  check: "Check my answer",
  tryAgain: "Check again",
  error: "Error: ",
  chooseOne: "Choose an answer first.",
  chooseSome: "Choose at least one answer first.",
  right: "Correct.",
  notYet: "Not yet. Read the note below your answer, then try another.",
  best: "A strong answer.",
  acceptable: "An acceptable answer. There is a stronger one.",
  poor: "Not yet. Read the note below your answer, then try another.",
  harmful: "Not this one: it can do harm. Read the note below your answer, then try another.",
  /** @param {number} right @param {number} chosen @param {number} wanted */
  several: (right, chosen, wanted) =>
    right === wanted && chosen === wanted
      ? "Correct. You found all of them."
      : `${right} of your ${chosen} choices ${right === 1 ? "belongs" : "belong"}. There are ${wanted} in all. Read the notes, then try again.`,
  contents: "Contents",
};
