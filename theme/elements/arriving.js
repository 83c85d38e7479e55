/** Brings the record in step with the version of the course that is shown, where another one was used last. */
import { bringUpToDate, index } from "./learner-pages.js";
import { SEVERAL, noteIds } from "./record.js";

/** Fails where nothing of the course can be loaded; then the next page that is opened tries, of whichever version. */
export async function arrive() {
  noteIds(SEVERAL);
  await bringUpToDate(await index());
}
