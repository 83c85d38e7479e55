/**
 * What the journal says where someone writes into it. Apart from messages.js, so that a
 * lesson loads it only once something is kept.
 */
export const journalMessages = {
  saving: "Not saved yet …",
  /** @param {number} most */
  tooLong: (most) =>
    `Only the first ${most.toLocaleString("en-GB")} letters are saved. Copy the rest before you leave.`,
  notWritten: {
    full: "Not saved: there is no room left in this browser. Copy your notes before you leave.",
    blocked: "Not saved: this browser does not allow it. Copy your notes before you leave.",
    newer:
      "Not saved: a newer version of this site has written your journal. " +
      "Load the page again, and copy your notes first.",
    unread:
      "Not saved: part of your journal can’t be read, and there is no room for a copy of it. " +
      "Copy your notes before you leave.",
    locked: "Not saved: your journal is locked.",
    unfit: "Not saved. Copy your notes before you leave, and please tell whoever runs this site.",
  },
  keepingNow:
    "What you write here is kept from now on. The page “Your journal” shows it all, and you can delete it there.",
  keepingNoMore: "Nothing more is kept. What was kept before stays on the page “Your journal” until you delete it.",
  journalLocked: "Your journal is locked. What you write here is kept only once you have opened it.",
  journalOpen: "Your journal is open on this page.",
  /** @param {string} time */
  keptAt: (time) => `Saved in this browser at ${time}.`,
  /** @param {string} day */
  earlierNotes: (day) => `Your notes of ${day} are here.`,
};
