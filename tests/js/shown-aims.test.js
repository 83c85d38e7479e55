import assert from "node:assert/strict";
import { test } from "node:test";

import { objectives } from "../../theme/elements/shown-aims.js";

const question = (fingerprint, kind = "choice") => ({ kind, fingerprint, objectives: ["wait"] });
const answered = (score, fingerprint) => ({ score, fingerprint });

/** What is known of the questions, the answers, and whether the objective is shown with how many right of how many. */
const CASES = {
  "nothing answered": [{ a: question("1"), b: question("2") }, {}, [false, 0, 2]],
  "one of two right": [{ a: question("1"), b: question("2") }, { a: answered(1, "1") }, [false, 1, 2]],
  "two of three right": [
    { a: question("1"), b: question("2"), c: question("3") },
    { a: answered(1, "1"), b: answered(1, "2"), c: answered(0, "3") },
    [true, 2, 3],
  ],
  "the only one right": [{ a: question("1") }, { a: answered(1, "1") }, [true, 1, 1]],
  "right in part": [{ a: question("1") }, { a: answered(0.5, "1") }, [false, 0, 1]],
  "right before the question changed": [{ a: question("2") }, { a: answered(1, "1") }, [false, 0, 1]],
  "only one's own words": [{ a: question("1", "open_response") }, { a: answered(null, "1") }, [false, 0, 0]],
};

for (const [name, [questions, answers, [shown, right, all]]] of Object.entries(CASES))
  test(name, () => {
    const known = { objectives: { wait: "Wait." }, questions };
    assert.deepEqual(objectives(known, { questions: answers }), [{ text: "Wait.", shown, right, all }]);
  });
