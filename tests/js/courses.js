/** Courses that their authors change, for tests of what learners keep through that. */

let names = 0;
/** Starts the names anew, so that a run has the same ones each time. */
export const named = (from) => {
  names = from;
};
const fresh = (start) => {
  names += 1;
  return `${start}${names}`;
};
const thing = (start) => ({ uid: fresh("u"), id: fresh(start), formerly: [] });
/** A question, which may be asked in other words later. */
const asked = () => ({ ...thing("q"), wording: 0 });
export const printOf = ({ uid, wording }) => (wording ? `${uid}w${wording}` : uid);
export const newModule = () => ({
  ...thing("m"),
  lessons: [thing("l"), thing("l")],
  questions: [asked(), asked(), asked()],
  scenarios: [thing("s")],
});

/** Edits of the course: each gives another course and changes none. */
export const EDITS = {
  renameModule: (course, pick) => rename(course, (draft) => pick(draft.modules)),
  renameQuestion: (course, pick) => rename(course, (draft) => pick(pick(draft.modules)?.questions)),
  renameLesson: (course, pick) => rename(course, (draft) => pick(pick(draft.modules)?.lessons)),
  renameScenario: (course, pick) => rename(course, (draft) => pick(pick(draft.modules)?.scenarios)),
  /** Other words for the same question. */
  rewordQuestion: (course, pick) => {
    const draft = structuredClone(course);
    const question = pick(pick(draft.modules)?.questions);
    if (question) question.wording = Number(fresh(""));
    return draft;
  },
  /** Two modules become one, which says that it was both. */
  joinModules: (course, pick) => {
    const draft = structuredClone(course);
    const [from, to] = [pick(draft.modules), draft.modules[0]];
    if (!from || from === to) return draft;
    for (const kind of PARTS) to[kind].push(...from[kind]);
    to.formerly.push(from.id, ...from.formerly);
    draft.modules.splice(draft.modules.indexOf(from), 1);
    return draft;
  },
  addModule: (course) => ({ ...structuredClone(course), modules: [...structuredClone(course.modules), newModule()] }),
  removeModule: (course, pick) => without(course, (draft) => draft.modules, pick),
  removeQuestion: (course, pick) => without(course, (draft) => pick(draft.modules)?.questions, pick),
  splitModule: (course, pick) => {
    const draft = structuredClone(course);
    const from = pick(draft.modules);
    if (!from) return draft;
    const rest = newModule();
    for (const kind of PARTS) rest[kind] = moved(from, from[kind].splice(1));
    draft.modules.push(rest);
    return draft;
  },
  // To a module that is there already.
  moveQuestion: (course, pick) => {
    const draft = structuredClone(course);
    const [from, to] = [pick(draft.modules), draft.modules.at(-1)];
    if (from && to && from !== to) to.questions.push(...moved(from, from.questions.splice(0, 1)));
    return draft;
  },
  moveLesson: (course, pick) => {
    const draft = structuredClone(course);
    const [from, to] = [pick(draft.modules), draft.modules[0]];
    if (from && to && from !== to) to.lessons.push(...moved(from, from.lessons.splice(0, 1)));
    return draft;
  },
};

export const PARTS = ["lessons", "questions", "scenarios"];

/** Parts as they stand in another module: each says where it was. Names of the course are never given twice. */
const moved = (from, parts) =>
  parts.map((part) => ({
    ...part,
    formerly: [part.id, ...part.formerly].flatMap((old) =>
      old.includes("/") ? [old] : [from.id, ...from.formerly].map((module) => `${module}/${old}`)
    ),
  }));

function rename(course, choose) {
  const draft = structuredClone(course);
  const chosen = choose(draft);
  if (chosen) [chosen.formerly, chosen.id] = [[chosen.id, ...chosen.formerly], fresh(chosen.id[0])];
  return draft;
}

function without(course, listOf, pick) {
  const draft = structuredClone(course);
  const list = listOf(draft) ?? [];
  const gone = pick(list);
  if (gone) list.splice(list.indexOf(gone), 1);
  return draft;
}

/** Earlier ids as pages have them: another module that they name may have had other names since or before. */
export const shown = (course, formerly) =>
  formerly.flatMap((old) => {
    if (!old.includes("/")) return [old];
    const [module, name] = old.split("/");
    const now = course.modules.find((other) => other.id === module || other.formerly.includes(module));
    return (now ? [now.id, ...now.formerly] : [module]).map((other) => `${other}/${name}`);
  });

const byId = (things, make) => Object.fromEntries(things.map((one) => [one.id, make(one)]));
/** What there is to know of all modules, as the build writes it (assets/index.json). */
export const listingOf = (course) => ({
  modules: byId(course.modules, ({ formerly }) => formerly),
  from: byId(course.modules, (module) => [
    ...new Set(
      PARTS.flatMap((kind) => module[kind].flatMap((part) => shown(course, part.formerly)))
        .filter((old) => old.includes("/"))
        .map((old) => old.split("/")[0])
    ),
  ]),
});
/** The course as pages know it, of which they load what a record is about. */
export const indexOf = (course, touched, record) => {
  const listing = listingOf(course);
  const wanted = touched(record, listing);
  const [modules, others] = [{}, {}];
  for (const [id, known] of Object.entries(wholeIndex(course).modules))
    if (wanted.includes(id)) modules[id] = known;
    else others[id] = known.formerly;
  return { modules, others, from: listing.from };
};
/** What there is to know of each module, as the build writes it. */
export const wholeIndex = (course) => ({
  modules: byId(course.modules, (module) => ({
    formerly: module.formerly,
    parts: byId(module.lessons, ({ uid, formerly }) => ({
      title: uid,
      formerly: shown(course, formerly),
    })),
    questions: byId(module.questions, (question) => ({
      fingerprint: printOf(question),
      formerly: shown(course, question.formerly),
      review: true,
    })),
    scenarios: byId(module.scenarios, ({ formerly }) => shown(course, formerly)),
  })),
});
