/**
 * Two windows of one package would each write over what the other has saved: platforms keep whatever comes last.
 */

/** A window that is just closing still has what it claimed. In milliseconds. */
const PATIENCE = 2000;

/**
 * Claims a name for as long as the window is open, or until the function that it resolves to is called. Resolves to
 * nothing where another window has it. A browser without such locks, or one that gives a frame of another site none,
 * lets everybody have it: a learner should rather be saved twice than not at all.
 * @param {string} name
 * @returns {Promise<(() => void) | undefined>}
 */
export function claim(name) {
  const unlocked = () => {};
  if (!navigator.locks) return Promise.resolve(unlocked);
  const late = new AbortController();
  setTimeout(() => late.abort(), PATIENCE);
  return new Promise((resolve) => {
    const hold = () => new Promise((release) => resolve(() => release(undefined)));
    navigator.locks
      .request(name, { signal: late.signal }, hold)
      .catch(() => resolve(late.signal.aborted ? undefined : unlocked));
  });
}
