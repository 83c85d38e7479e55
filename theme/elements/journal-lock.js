/**
 * Locks a text with a passphrase: AES-GCM, with a key that PBKDF2 makes of the passphrase. Nothing but the passphrase
 * opens it again. Pure functions, tested without a browser.
 * @typedef {{rounds: number, salt: string, iv: string, text: string}} Lock
 * @typedef {{key: CryptoKey, rounds: number, salt: string}} Opener
 */

/** How often the passphrase is hashed: what OWASP's Password Storage Cheat Sheet asks of PBKDF2 with SHA-256. */
export const ROUNDS = 600_000;
const SALT = 16;
/** The length that AES-GCM is made for (NIST SP 800-38D, §8.2). */
const IV = 12;
/** Says what is locked, so that nothing else can be put in its place. */
const PURPOSE = new TextEncoder().encode("alongside journal");

/** Browsers lend these tools to pages over HTTPS only. */
export const canLock = () => globalThis.crypto?.subtle !== undefined;

/** @param {Uint8Array} bytes */
const inLetters = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
/** @param {string} letters */
const inBytes = (letters) => Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));

/**
 * The key of a new lock, or of one that is there.
 * @param {string} passphrase
 * @param {{rounds: number, salt: string}} [lock]
 * @returns {Promise<Opener>}
 */
export async function opener(passphrase, lock) {
  const { rounds, salt } = lock ?? { rounds: ROUNDS, salt: inLetters(crypto.getRandomValues(new Uint8Array(SALT))) };
  // Keyboards write some letters in two ways; they are the same passphrase.
  const words = new TextEncoder().encode(passphrase.normalize("NFC"));
  const base = await crypto.subtle.importKey("raw", words, "PBKDF2", false, ["deriveKey"]);
  const from = { name: "PBKDF2", hash: "SHA-256", salt: inBytes(salt), iterations: rounds };
  const key = await crypto.subtle.deriveKey(from, base, { name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  return { key, rounds, salt };
}

/**
 * @param {string} text
 * @param {Opener} by
 * @returns {Promise<Lock>}
 */
export async function locked(text, { key, rounds, salt }) {
  const iv = crypto.getRandomValues(new Uint8Array(IV));
  const hidden = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: PURPOSE },
    key,
    new TextEncoder().encode(text)
  );
  return { rounds, salt, iv: inLetters(iv), text: inLetters(new Uint8Array(hidden)) };
}

/**
 * What a lock holds, or nothing where the passphrase is another one or the text was changed.
 * @param {Lock} lock
 * @param {Opener} by
 * @returns {Promise<string | undefined>}
 */
export async function unlocked(lock, { key }) {
  try {
    const shown = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: inBytes(lock.iv), additionalData: PURPOSE },
      key,
      inBytes(lock.text)
    );
    return new TextDecoder().decode(shown);
  } catch {
    return undefined;
  }
}
