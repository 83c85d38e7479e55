/**
 * A second place for what a learner would miss most, which is on the disk before the browser goes
 * on (IndexedDB with the durability "strict"). What is read is the store of the page; this one is
 * asked only whether it knows something later.
 * @typedef {{name: string, text: string | null, at: number}} Row `at` counts the writes of all
 *   tabs; a text that is `null` was taken away
 */
import { stored } from "./site.js";

const TABLE = "kept";

/** @template Result @param {IDBRequest<Result>} request @returns {Promise<Result>} */
const answer = (request) =>
  new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
    request.addEventListener("blocked", () => reject(new Error("another page holds the store")));
  });

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    for (const end of ["error", "abort"]) transaction.addEventListener(end, () => reject(transaction.error));
  });

/** @type {Promise<IDBDatabase> | undefined} */
let opened;

function store() {
  opened ??= (async () => {
    const request = indexedDB.open(stored("durable"), 1);
    request.addEventListener("upgradeneeded", () =>
      request.result.createObjectStore(TABLE, { keyPath: "name" }).createIndex("at", "at")
    );
    const database = await answer(request);
    // A later version of the site must be able to change it while this page is open.
    database.addEventListener("versionchange", () => database.close());
    return database;
  })();
  return opened;
}

/** @template Result @param {(table: IDBObjectStore) => Result | Promise<Result>} change @returns {Promise<Result>} */
async function changed(change) {
  const transaction = (await store()).transaction(TABLE, "readwrite", { durability: "strict" });
  const end = finished(transaction);
  const result = await change(transaction.objectStore(TABLE));
  await end;
  return result;
}

/** @returns {Promise<Row[]>} */
export const rows = async () => answer((await store()).transaction(TABLE).objectStore(TABLE).getAll());

/**
 * @param {string} name
 * @param {string | null} text
 * @param {number} atLeast as far as this tab has counted: it may not have heard of the last write of another one
 * @returns {Promise<number>} where it stands in the order of writes: later than all that were here
 */
export const put = (name, text, atLeast) =>
  changed(async (table) => {
    const last = await answer(table.index("at").openKeyCursor(null, "prev"));
    const at = Math.max(atLeast, Number(last?.key ?? 0) + 1);
    table.put({ name, text, at });
    return at;
  });

/** Takes away everything. */
export const clear = () => changed((table) => void table.clear());
