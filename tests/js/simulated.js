/**
 * A browser with tabs, for tests of what the site keeps: the site's own scripts run in it as they are
 * published. Each tab sees what others have stored only once it was told, as in a browser with a
 * process for each; the disk has it later still.
 */
import { readFileSync } from "node:fs";
import vm from "node:vm";

const THEME = new URL("../../theme/", import.meta.url);
/** @type {Map<string, string>} */
const sources = new Map();
const sourceOf = (path) => {
  if (!sources.has(path)) sources.set(path, readFileSync(new URL(path, THEME), "utf-8"));
  return sources.get(path);
};

/** A store such as `localStorage`: names are its own properties. */
class Store {
  constructor(holds, wrote) {
    for (const [name, value] of Object.entries(holds)) this[name] = value;
    Object.defineProperty(this, "wrote", { value: wrote });
  }
  getItem(name) {
    return Object.hasOwn(this, name) ? this[name] : null;
  }
  setItem(name, value) {
    this.wrote(name, String(value), this);
    this[name] = String(value);
  }
  removeItem(name) {
    this.wrote(name, null, this);
    delete this[name];
  }
}

export class Browser {
  /** What all tabs will see, and what would be there after a crash. */
  local = {};
  disk = {};
  /**
   * What was written with the durability "strict".
   * @type {Map<string, {name: string, text: string | null, at: number}>}
   */
  rows = new Map();
  /** @type {Set<Tab>} */
  tabs = new Set();
  /** Letters that fit. */
  room = 5_000_000;
  blocked = false;
  withLocks = true;
  /** The window above, where pages belong to a package for a learning platform. @type {object | undefined} */
  frame;
  today = "2026-11-02";
  /** How often something was written. */
  writes = 0;
  #last = Promise.resolve();

  /** Gives out a file of the site by its address; nothing is there where it gives nothing. */
  serve = () => undefined;

  /** A page, of the current version of the course or of the one in the folder of a cohort. */
  async open(address, cohort = "") {
    const tab = new Tab(this, address, cohort);
    this.tabs.add(tab);
    await tab.settle();
    return tab;
  }

  /** The browser writes what it holds to the disk. */
  commit() {
    this.disk = { ...this.local };
  }

  /** It is ended by force. */
  crash() {
    for (const tab of this.tabs) tab.dead = true;
    this.tabs.clear();
    this.local = { ...this.disk };
  }

  /** So much later that each tab has been told of the others. */
  async later() {
    for (const tab of this.tabs) tab.hear();
    await Promise.all([...this.tabs].map((tab) => tab.settle()));
  }

  /** Whether tabs that answer each other’s writes come to an end: each may have to answer several times. */
  async comesToRest() {
    for (let round = 0, still = 0; round < 90; round += 1) {
      const before = this.writes;
      await this.later();
      still = this.writes === before ? still + 1 : 0;
      if (still === 3) return true;
    }
    return false;
  }

  /** One after the other, and whoever has its turn sees what came before. */
  inTurn(tab, does) {
    const turn = this.#last.then(async () => {
      if (tab.dead) return undefined;
      tab.hear();
      return does();
    });
    this.#last = turn.catch(() => {});
    return turn;
  }
}

export class Tab {
  dead = false;
  /** What other tabs have written and this one has not been told. */
  #news = [];
  #modules = new Map();
  /** Scripts that run, or are about to. */
  #ready = new Map();
  #events = new EventTarget();
  errors = [];
  said = [];

  constructor(browser, address, cohort = "") {
    this.browser = browser;
    this.cohort = cohort;
    this.address = new URL(address);
    this.session = new Store({}, () => this.#check());
    this.local = new Store(browser.local, (name, value, store) => this.#write(name, value, store));
    this.context = vm.createContext(this.#globals());
  }

  #check() {
    if (this.browser.blocked) throw new DOMException("no", "SecurityError");
  }

  #write(name, value, store) {
    this.#check();
    const length = Object.entries({ ...store, [name]: value ?? "" }).reduce(
      (sum, [key, text]) => sum + key.length + text.length,
      0
    );
    if (value !== null && length > this.browser.room) throw new DOMException("full", "QuotaExceededError");
    this.browser.writes += 1;
    if (value === null) delete this.browser.local[name];
    else this.browser.local[name] = value;
    // What others wrote before is told later all the same, and no longer what is there.
    for (const news of this.#news) if (news.key === name) news.over = true;
    for (const tab of this.browser.tabs) if (tab !== this) tab.#news.push({ key: name, newValue: value, over: false });
  }

  /** Hears what other tabs have written. */
  hear() {
    for (const { key, newValue, over } of this.#news.splice(0)) {
      if (!over && newValue === null) delete this.local[key];
      else if (!over) this.local[key] = newValue;
      this.#events.dispatchEvent(Object.assign(new Event("storage"), { key, newValue }));
    }
  }

  #globals() {
    const { browser, address } = this;
    const say = (text) => this.said.push(text);
    const node = () => ({ setAttribute() {}, append: say, prepend() {}, dataset: {} });
    const documentEvents = new EventTarget();
    this.documentEvents = documentEvents;
    const document = {
      visibilityState: "visible",
      body: { matches: () => false, append() {}, dataset: {} },
      documentElement: {
        dataset: { ...(browser.frame && { keeps: "platform" }), ...(this.cohort && { cohort: this.cohort }) },
        lang: "en",
      },
      getElementById: (id) => (id === "contents" ? this.contents : id === "main" ? node() : null),
      querySelectorAll: () => [],
      createElement: node,
      addEventListener: documentEvents.addEventListener.bind(documentEvents),
    };
    const stores = browser.blocked
      ? Object.defineProperties(
          {},
          Object.fromEntries(["localStorage", "sessionStorage"].map((name) => [name, { get: () => this.#check() }]))
        )
      : { localStorage: this.local, sessionStorage: this.session };
    const clock = class extends Date {
      constructor(...parts) {
        super(...(parts.length ? parts : [`${browser.today}T12:00`]));
      }
      static now = () => Date.parse(`${browser.today}T12:00`);
    };
    const globals = {
      document,
      URL,
      DOMException,
      Date: clock,
      Event,
      CustomEvent,
      structuredClone,
      performance,
      TextEncoder,
      TextDecoder,
      crypto,
      atob,
      btoa,
      setTimeout: setImmediate,
      HTMLTextAreaElement: class {},
      HTMLInputElement: class {},
      indexedDB: {},
      fetch: async (url) => {
        const file = browser.serve(String(url));
        return { ok: file !== undefined, json: async () => structuredClone(file) };
      },
      parent: browser.frame,
      console: { ...console, error: (...said) => this.errors.push(said), warn: (...said) => this.errors.push(said) },
      location: {
        protocol: address.protocol,
        href: address.href,
        pathname: address.pathname,
        hash: address.hash,
        reload() {},
      },
      navigator: { locks: browser.withLocks ? { request: (_name, does) => browser.inTurn(this, does) } : undefined },
      addEventListener: this.#events.addEventListener.bind(this.#events),
      dispatchEvent: this.#events.dispatchEvent.bind(this.#events),
    };
    Object.defineProperties(globals, Object.getOwnPropertyDescriptors(stores));
    return globals;
  }

  /** The top of the site as this tab's address has it: so many folders above the page. */
  get top() {
    const folder = this.cohort && `${this.cohort}/`;
    return new URL(this.address.origin + this.address.pathname.replace(/(course\/).*$/, `$1${folder}`));
  }

  /** A script of the site as it runs in this tab. */
  script(name) {
    if (!this.#ready.has(name)) this.#ready.set(name, this.#run(this.#module(`elements/${name}`)));
    return this.#ready.get(name);
  }

  async #run(module) {
    if (module.status === "unlinked")
      await module.link((specifier, from) =>
        this.#module(new URL(specifier, `x:/${from.identifier}`).pathname.slice(1))
      );
    await module.evaluate();
    return module.namespace;
  }

  #module(path) {
    const made = { "elements/durable.js": () => this.#durable(), "elements/journal-lock.js": () => this.#lock() }[path];
    if (!this.#modules.has(path)) this.#modules.set(path, made ? made() : this.#real(path));
    return this.#modules.get(path);
  }

  #real(path) {
    return new vm.SourceTextModule(sourceOf(path), {
      context: this.context,
      identifier: path,
      initializeImportMeta: (meta) => (meta.url = new URL(path, this.top).href),
      importModuleDynamically: (specifier) => this.script(specifier.replace("./", "")),
    });
  }

  /** The disk: its own script is tried in a real browser. */
  #durable() {
    const { rows } = this.browser;
    return this.#standIn({
      put: async (name, text, atLeast) => {
        const at = Math.max(atLeast, ...[...rows.values()].map((row) => row.at + 1));
        if (!this.dead) rows.set(name, { name, text, at });
        return at;
      },
      rows: async () => [...rows.values()],
      clear: async () => rows.clear(),
    });
  }

  /** A lock that costs no time: the real one is tried by itself and in a real browser. */
  #lock() {
    const hidden = (text, passphrase) => Buffer.from(JSON.stringify([passphrase, text])).toString("base64");
    const made = (text, { passphrase }) => ({
      rounds: 600_000,
      salt: "c2FsdA==",
      iv: "aXY=",
      text: hidden(text, passphrase),
    });
    return this.#standIn({
      canLock: () => true,
      opener: async (passphrase) => ({ passphrase }),
      locked: async (text, by) => {
        await new Promise((resolve) => setImmediate(resolve));
        return made(text, by);
      },
      unlocked: async (lock, by) => {
        const [passphrase, text] = JSON.parse(Buffer.from(lock.text, "base64").toString());
        return passphrase === by.passphrase ? text : undefined;
      },
    });
  }

  /** @param {Record<string, unknown>} tools */
  #standIn(tools) {
    return new vm.SyntheticModule(
      Object.keys(tools),
      function set() {
        for (const [name, tool] of Object.entries(tools)) this.setExport(name, tool);
      },
      { context: this.context }
    );
  }

  /** Waits until nothing is under way. */
  async settle() {
    for (let round = 0; round < 5; round += 1) await new Promise(setImmediate);
  }

  /** The page is left. */
  close() {
    this.#events.dispatchEvent(new Event("pagehide"));
    this.browser.tabs.delete(this);
    this.dead = true;
  }
}
