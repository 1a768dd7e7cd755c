/* What this browser remembers, as texts by name. It may refuse: storage can be switched off, or full. */
export const device = memory(() => localStorage);
export const tab = memory(() => sessionStorage); // till the tab is closed

function memory(storage) {
  return {
    /** The text, or null. */
    get(name) {
      return tried(() => storage().getItem(name), null);
    },

    /** Whether it is remembered. */
    put(name, text) {
      return tried(() => (storage().setItem(name, text), true), false);
    },

    drop(name) {
      tried(() => storage().removeItem(name));
    },

    names(prefix) {
      return tried(() => Object.keys(storage()).filter((name) => name.startsWith(prefix)), []);
    },
  };
}

function tried(act, otherwise) {
  try {
    return act();
  } catch {
    return otherwise;
  }
}
