/** Brings the record in step with the version of the course that is shown, where another one was used last. */
import { bringUpToDate, index } from "./learner-pages.js";
import { COHORT } from "./site.js";
import { quietly, set } from "./store.js";

/** In place of a version, which has no such name: from now on the record may have ids of several. */
const SEVERAL = "?";

/** Fails where nothing of the course can be loaded; then the next page that is opened tries, of whichever version. */
export async function arrive() {
  await quietly(set(COHORT, SEVERAL));
  await bringUpToDate(await index());
}
