/**
 * What the journal says where someone writes into it. Apart from messages.js, so that a
 * lesson loads it only once something is kept.
 */
import { language } from "./site.js";
import { _ } from "./words.js";

export const journalMessages = {
  saving: _("Not saved yet …"),
  /** What is kept of a box. */
  ticked: _("yes"),
  /** @param {number} most */
  tooLong: (most) =>
    _("Only the first {most} letters are saved. Copy the rest before you leave.", {
      most: most.toLocaleString(language()),
    }),
  notWritten: {
    full: _("Not saved: there is no room left in this browser. Copy your notes before you leave."),
    blocked: _("Not saved: this browser does not allow it. Copy your notes before you leave."),
    newer: _(
      "Not saved: a newer version of this site has written your journal. " +
        "Load the page again, and copy your notes first."
    ),
    unread: _(
      "Not saved: part of your journal can’t be read, and there is no room for a copy of it. " +
        "Copy your notes before you leave."
    ),
    locked: _("Not saved: your journal is locked."),
    unfit: _("Not saved. Copy your notes before you leave, and please tell whoever runs this site."),
  },
  keepingNow: _(
    "What you write here is kept from now on. The page “Your journal” shows it all, and you can delete it there."
  ),
  keepingNoMore: _("Nothing more is kept. What was kept before stays on the page “Your journal” until you delete it."),
  journalLocked: _("Your journal is locked. What you write here is kept only once you have opened it."),
  journalOpen: _("Your journal is open on this page."),
  /** By what the device is. @type {Record<"private" | "shared", (time: string) => string>} */
  keptAt: {
    private: (time) => _("Saved in this browser at {time}.", { time }),
    shared: (time) => _("Saved at {time}, until you close this tab.", { time }),
  },
  /** @param {string} day */
  earlierNotes: (day) => _("Your notes of {day} are here.", { day }),
};
