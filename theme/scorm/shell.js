/**
 * The frame around a course in a learning platform. It holds the platform's API for as long as the course is open,
 * while lessons change inside it; keeps for its pages what they would keep in a browser; and lets a learner save and
 * leave. What it says stands in index.html. Where there is no platform it is a plain page.
 */
import { today } from "../elements/day.js";
import { findApi } from "./api.js";
import { claim } from "./claim.js";
import { Launch } from "./cmi5.js";
import { RETRIES, Session, WAIT } from "./session.js";

/** @typedef {import("../elements/backends.js").Backend} Backend */

const COURSE_FOLDER = "course/";
const RECORD = "record";
/** What the build has put before this script. @type {import("./state.js").Course & {apis: string[]}} */
const course = /** @type {any} */ (globalThis).alongsideCourse;

/** @param {string} id @returns {any} */
const part = (id) => document.getElementById(id);
const frame = /** @type {HTMLIFrameElement} */ (part("course"));
const leave = /** @type {HTMLButtonElement} */ (part("leave"));
const said = /** @type {HTMLElement} */ (part("said"));
const root = new URL(COURSE_FOLDER, location.href).href;

/** Whether the learner was about to leave, and has heard that not everything could be saved. */
let warned = false;
/** @param {boolean} now */
function warn(now) {
  warned = now;
  leave.textContent = leave.dataset[warned ? "anyway" : "save"] ?? "";
}

/** @param {import("./session.js").Outcome} outcome */
function tell(outcome) {
  said.textContent = said.dataset[outcome] ?? "";
  if (outcome === "saved") warn(false);
}

const clock = {
  now: () => performance.now(),
  today,
  later: (/** @type {() => void} */ does, /** @type {number} */ wait) => setTimeout(does, wait),
};
/** The launch of a package that is started by an address. Others find what their platform hands over. */
const launch = course.apis.includes("cmi5")
  ? Launch.of(
      location.search,
      {
        ...clock,
        fetch: (url, how) => fetch(url, how),
        date: () => new Date().toISOString(),
        wait: WAIT,
        retries: RETRIES,
      },
      tell
    )
  : undefined;
const session = new Session(course, launch ?? findApi(window, course.apis), clock, tell);

/** @type {Map<string, string>} */
const texts = new Map();
/** What pages ask for at `parent.alongside`. @type {Backend} */
const backend = {
  get: (name) => texts.get(name) ?? null,
  put: (name, text) => {
    texts.set(name, String(text));
    if (name === RECORD) session.note(JSON.parse(text));
  },
  take: (name) => void texts.delete(name),
  names: () => [...texts.keys()],
};
Object.assign(window, { alongside: backend });

/** Nobody but the page itself knows what it is about to keep. */
function letPageKeep() {
  try {
    frame.contentWindow?.dispatchEvent(new Event("pagehide"));
  } catch {
    // It shows another site.
  }
}

function end() {
  frame.remove();
  leave.hidden = true;
  said.textContent = "";
  const ended = part("ended");
  ended.hidden = false;
  ended.querySelector("h1").focus();
  if (launch?.returnUrl) return location.assign(launch.returnUrl);
  // A window of its own that a platform has opened is in its way now.
  if (window.opener && window.parent === window) window.close();
}

// Pages go without a word on telephones, and browsers hold back whoever listens to `unload`.
addEventListener("pagehide", () => {
  letPageKeep();
  session.finish();
});
// What comes back out of a browser's memory has left the platform.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && session.commit());

/** Other sites open in a window of their own: in the frame they would take the place of the course. */
function outside(/** @type {MouseEvent} */ { target }) {
  const link = /** @type {Element | null} */ (target)?.closest?.("a[href]");
  if (!link || !/^https?:/.test(/** @type {HTMLAnchorElement} */ (link).href)) return;
  if (/** @type {HTMLAnchorElement} */ (link).href.startsWith(root)) return;
  link.setAttribute("target", "_blank");
  link.setAttribute("rel", "noopener");
}

frame.addEventListener("load", () => {
  try {
    frame.contentDocument?.addEventListener("click", outside, true);
  } catch {
    // As above.
  }
});

/** The file of a page: not every platform has a page for a folder. @param {string} url */
const fileOf = (url) => url.replace(/(^|\/)(?=#|$)/, "$1index.html");

/** @param {(() => void) | undefined} release nothing where another window has the course open */
async function begin(release) {
  // Another window has its own launch: this one leaves its key alone.
  if (launch && release) {
    await launch.load();
    course.passMark = launch.passMark ?? course.passMark;
  }
  const begun = session.start({ alone: Boolean(release) });
  texts.set(RECORD, begun.record);
  leave.hidden = !session.writes;
  leave.addEventListener("click", async () => {
    letPageKeep();
    session.commit();
    if (launch && !warned && !(await launch.settled())) return warn(true);
    if (!session.leave({ anyway: warned })) return warn(true);
    if (launch) await launch.left();
    end();
    release?.();
  });
  frame.src = COURSE_FOLDER + fileOf(begun.url);
}

claim(`alongside:${location.pathname}`).then(begin);
