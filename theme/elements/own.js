/** What the learner's own pages share: the index of the site, files to save and to open. */
import { follow, moduleOf } from "./record-model.js";
import { update } from "./record.js";
import { sync } from "./review-model.js";
import { make, root } from "./site.js";

/**
 * @typedef {{part: string, kind: string, fingerprint: string, objectives: string[], formerly?: string[], review?: boolean, misconceptions?: Record<string, string>}} KnownQuestion
 * @typedef {{title: string, version: string, formerly: string[], parts: Record<string, {title: string, formerly: string[], minutes: number}>,
 *   objectives: Record<string, string>, questions: Record<string, KnownQuestion>, confidence: string[]}} KnownModule
 * @typedef {{modules: Record<string, KnownModule>}} Index
 */

/** @returns {Promise<Index>} */
export async function index() {
  const response = await fetch(new URL("assets/index.json", root));
  if (!response.ok) throw new Error(`the list of questions could not be loaded (${response.status})`);
  return response.json();
}

/**
 * Hands a text to the learner as a file.
 * @param {string} name
 * @param {string} text
 * @param {string} type
 */
export function saveFile(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/**
 * A button with what it does.
 * @param {string} label
 * @param {() => void} does
 * @param {string} [kind]
 */
export function button(label, does, kind = "button button--second") {
  const made = make("button", { type: "button", class: kind }, label);
  made.addEventListener("click", does);
  return made;
}

/**
 * Asks before something is lost: the button gives way to a sentence with two buttons, and the focus goes along.
 * @param {string} label
 * @param {string} question
 * @param {string} yes
 * @param {string} no
 * @param {() => void} does
 */
export function asking(label, question, yes, no, does) {
  const box = make("div", { class: "asking" });
  const first = button(label, () => {
    const text = make("p", { tabindex: "-1" }, question);
    box.replaceChildren(text, button(yes, () => { does(); show(true); }, "button"), " ", button(no, () => show(true)));
    text.focus();
  });
  const show = (/** @type {boolean} */ back) => {
    box.replaceChildren(first);
    if (back && first.isConnected) first.focus();
  };
  show(false);
  return box;
}

/**
 * Lets everything that was saved follow ids that have changed, and drops cards of questions that are gone.
 * @param {Index} index
 */
export function bringUpToDate({ modules }) {
  update((now) => {
    /** @type {Record<string, import("./review-model.js").Known>} */
    const cards = Object.create(null);
    for (const [id, known] of Object.entries(modules)) {
      follow(now.modules, id, known.formerly);
      for (const [name, question] of Object.entries(known.questions)) {
        follow(now.review, `${id}/${name}`, [...(question.formerly ?? []).map((old) => `${id}/${old}`), ...known.formerly.map((old) => `${old}/${name}`)]);
        if (question.review) cards[`${id}/${name}`] = { fingerprint: question.fingerprint, module: id };
      }
      if (!(id in now.modules)) continue;
      const kept = moduleOf(now, id);
      for (const [name, part] of Object.entries(known.parts)) follow(kept.lessons, name, part.formerly);
      for (const [name, question] of Object.entries(known.questions)) follow(kept.questions, name, question.formerly ?? []);
    }
    sync(now, cards);
  });
}
