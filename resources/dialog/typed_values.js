// Runs in every document of a dialog, in the isolated world: tells what is typed, so that it can be taken
// out of whatever the page says later, on its console or in a message. It is kept in memory only, and only
// until the dialog is gone. Frames have no channel: from them it goes over the console, marked, and is
// taken off there.
(config) => {
  if (window === window.top && window.opener === null && location.href === config.ours) return;

  const random = () => Math.random().toString(36).slice(2);
  const names = new WeakMap(); // a field's texts take each other's place, and no other field's
  const nameOf = (field) => names.get(field) ?? names.set(field, random()).get(field);

  const say = (name, text) => {
    if (text.length < config.minChars || text.length > config.maxChars) return;
    const channel = globalThis.qt?.webChannelTransport;
    const frame = { type: 6, object: config.object, method: "typed", args: [name, text], id: 1 };
    if (window !== window.top || !channel) console.debug(`${config.mark}${name} ${text}`);
    else channel.send(JSON.stringify(frame));
  };

  // Where no text can be read, as in a closed shadow root, or it is too long or holds more than what is typed, the
  // letters are put together: all of them, and those since the person last went to another place.
  const letters = new WeakMap();
  const put = (field, added, isLasting = true) => {
    const were = letters.get(field) ?? { all: "", last: "" };
    const are = { all: (were.all + added).slice(-config.maxChars), last: (were.last + added).slice(-config.maxChars) };
    if (isLasting) letters.set(field, are);
    say(`${nameOf(field)}-all`, are.all);
    say(`${nameOf(field)}-last`, are.last);
  };
  const takeBack = (field) => {
    const { all, last } = letters.get(field) ?? { all: "", last: "" };
    letters.set(field, { all: all.slice(0, -1), last: last.slice(0, -1) });
  };
  const spell = (field, event) => {
    const pasted = (event.clipboardData ?? event.dataTransfer)?.getData("text/plain");
    if (event.inputType === "deleteContentBackward") takeBack(field);
    else if (event.type === "compositionend") put(field, event.data ?? "");
    else if (event.type === "paste" || event.type === "drop") put(field, pasted ?? "");
    else if (event.inputType === "insertCompositionText") put(field, event.data ?? "", false);
    else if (event.inputType === "insertText") put(field, event.data ?? "");
  };

  const fieldOf = (event) => {
    const field = event.composedPath()[0];
    return field?.nodeType === Node.ELEMENT_NODE ? field : null;
  };
  const tell = (event) => {
    const field = fieldOf(event);
    if (field === null) return;
    const isRead = typeof field.value === "string" && field.value.length <= config.maxChars;
    if (isRead) say(nameOf(field), field.value);
    else if (field.isContentEditable) say(nameOf(field), field.innerText);
    if (!isRead || /^(paste|drop)$/.test(event.type)) spell(field, event);
  };
  const isLetter = ({ type, key }) => type === "keydown" && (key.length === 1 || /^(Shift|Backspace|Dead|Process)$/.test(key));
  const start = (event) => {
    const spelt = letters.get(fieldOf(event));
    if (spelt && !isLetter(event)) spelt.last = "";
  };

  const listen = () => {
    for (const kind of ["input", "change", "compositionend", "paste", "drop"]) window.addEventListener(kind, tell, true);
    for (const kind of ["keydown", "pointerdown", "focusin"]) window.addEventListener(kind, start, true);
  };
  // What is in a field already, beside what its page put there as a default: a document that a script makes in
  // an empty window or frame can be typed into before this runs there.
  const catchUp = () => {
    for (const field of document.querySelectorAll("input, textarea"))
      if (field.value !== field.defaultValue) say(nameOf(field), field.value);
  };
  const begin = () => {
    listen();
    catchUp();
  };
  // `document.open()` takes every listener away. It also empties the document: an observer hears of that.
  new MutationObserver(begin).observe(document, { childList: true });
  begin();
};
