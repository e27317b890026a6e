// Puts an ear on everything that a relay in this page's world could use, before it posts anything.
window.heard = [];
{
  const { apply, construct } = Reflect;
  const define = Object.defineProperty;
  const names = Object.getOwnPropertyNames;
  let isNoting = false; // what the noting itself uses is wrapped too
  const text = (arg) => (typeof arg === "string" ? arg : typeof arg === "object" && arg !== null ? `${arg.type} ${arg.detail}` : typeof arg);
  const note = (what, args) => {
    if (isNoting) return;
    isNoting = true;
    try {
      let line = what;
      for (let i = 0; i < args.length; i += 1) line += ` ${text(args[i])}`;
      heard[heard.length] = line;
    } finally {
      isNoting = false;
    }
  };
  const wrap = (owner, name) => {
    const real = owner[name];
    const made = function (...args) {
      note(name, args);
      return new.target ? construct(real, args, new.target) : apply(real, this, args);
    };
    made.prototype = real.prototype;
    define(owner, name, { value: made, configurable: true, writable: true });
  };
  const used = new Set([
    "dispatchEvent", "addEventListener", "createEvent", "initEvent", "initCustomEvent", "CustomEvent", "Event", "MessageEvent",
    "postMessage", "freeze", "defineProperty", "assign", "create", "stringify", "parse", "call", "apply", "bind", "construct",
    "split", "slice", "join", "concat", "exec", "match", "replace", "String", "structuredClone", "ownKeys", "get", "toString",
  ]);
  const owners = [
    EventTarget.prototype, Event.prototype, Document.prototype, document, Object, Object.prototype, Reflect, JSON,
    Function.prototype, Array.prototype, String.prototype, RegExp.prototype, window,
  ];
  for (const owner of owners) {
    for (const name of names(owner)) {
      if (used.has(name) && typeof owner[name] === "function") wrap(owner, name);
    }
  }
  for (const name of ["bubbles", "cancelable", "composed", "detail", "toJSON", "kind"]) {
    define(Object.prototype, name, { get() { note(`get ${name}`, [this]); }, set(value) { define(this, name, { value, writable: true }); }, configurable: true });
  }
  define(Array.prototype, "toJSON", { value() { note("toJSON", this); return ["posted", "{}"]; }, configurable: true });
  Error.prepareStackTrace = (error, sites) => {
    for (const site of sites) note("stack", [`${site.getFunction()}`, `${site.getScriptNameOrSourceURL()}`]);
    return "";
  };
  window.stopListening = () => { isNoting = true; delete Array.prototype.toJSON; delete Object.prototype.toJSON; };
  heard.length = 0;
}
