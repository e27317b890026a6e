// What a page's own scripts can find: every name in its window, and every function that no browser brought.
(root) => {
  const native = /\{\s*\[native code\]\s*\}$/;
  const seen = new Set();
  const foreign = [];
  const todo = [[root, "window", 0]];
  while (todo.length > 0) {
    const [thing, path, depth] = todo.shift();
    if (seen.has(thing) || depth > 6) continue;
    seen.add(thing);
    if (typeof thing === "function" && !native.test(Function.prototype.toString.call(thing))) foreign.push(path);
    let names;
    try {
      names = Reflect.ownKeys(thing);
    } catch {
      continue; // another origin's window says nothing
    }
    for (const name of names) {
      let found;
      try {
        const place = Reflect.getOwnPropertyDescriptor(thing, name);
        found = [place.get, place.set, "value" in place ? place.value : thing === root ? thing[name] : undefined];
      } catch {
        continue;
      }
      for (const one of found) {
        const isThing = (typeof one === "object" && one !== null) || typeof one === "function";
        if (isThing) todo.push([one, `${path}.${String(name)}`, depth + 1]);
      }
    }
    const parent = Object.getPrototypeOf(thing);
    if (parent) todo.push([parent, `${path}.__proto__`, depth + 1]);
  }
  return JSON.stringify({ names: Object.getOwnPropertyNames(root).sort(), foreign: foreign.sort(), count: seen.size });
}
