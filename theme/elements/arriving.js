/** Brings the record in step with the version of the course that is shown, where another one was used last. */
import { bringUpToDate, index } from "./learner-pages.js";

/** Fails where nothing of the course can be loaded. */
export const arrive = async () => bringUpToDate(await index());
