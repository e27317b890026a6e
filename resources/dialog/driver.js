// Does on a page what a person would: finds a field by its label, a button by its text or a choice by
// both, and uses it where a person could see and reach it. Answers with "" or with what is missing; after
// a "!" where waiting does not help.
(config) => {
  const BUTTONS = [
    "button, input[type=submit], input[type=button], input[type=reset], input[type=image], a[href], summary",
    "[role=button], [role=link], [role=tab], [role=menuitem]",
  ].join();
  const BOXES = "input[type=checkbox], input[type=radio], [role=checkbox], [role=radio], [role=switch]";
  const NO_FIELDS = "[type=submit], [type=button], [type=reset], [type=image], [type=hidden]";
  const EDITABLE = "[contenteditable]:not([contenteditable=false])";
  const FIELDS = `input:not(${NO_FIELDS}), textarea, select, [role=combobox], [role=switch], ${EDITABLE}`;
  const GROUPS = "fieldset, [role=group], [role=radiogroup]";
  const LEAST_OPACITY = 0.1; // what is fainter cannot be seen
  const LEAST_PX = 1; // what is smaller is meant for screen readers
  const GRID = [0.5, 0.1, 0.9]; // where in a box it is tried whether a click would arrive
  const SHOWN_CHARS = 40;

  const plain = (text) => (text || "").replace(/\s+/g, " ").trim();
  const key = (text) => plain(text).toLowerCase().replace(/(?<=.)[\s:*]+$/, ""); // a field that must be filled in is marked
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const isDrawn = (element) => element.getClientRects().length > 0;
  const never = (reason) => `!${reason}`;

  // What a person reads.

  const textOf = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    return node.nodeType === Node.ELEMENT_NODE && node.matches("select, textarea, script, style")
      ? " "
      : [...node.childNodes].map(textOf).join("");
  };
  const labelsOf = (element) => [...(element.labels ?? [])].filter(isDrawn);
  const namesOf = (element) => {
    const ids = (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    const named = ids.map((id) => document.getElementById(id)?.textContent || "").join(" ");
    const names = [...labelsOf(element).map(textOf), named, element.ariaLabel];
    if (element.matches(GROUPS)) names.push(element.querySelector(":scope > legend")?.textContent);
    else if (element.matches(BUTTONS)) names.push(element.innerText, textOf(element), element.title, element.alt, ...all("img", element).map((one) => one.alt));
    else if (element.matches(BOXES)) names.push(element.matches("input") ? "" : textOf(element));
    else names.push(element.placeholder, element.ariaPlaceholder);
    if (element.matches("input") && element.matches(NO_FIELDS)) names.push(element.value);
    if (element.matches("option")) names.push(element.label);
    return [...new Set(names.map(plain).filter(Boolean))];
  };
  const kindOf = (element) => (element.matches(BOXES) ? "box" : element.matches("a[href], [role=link]") ? "link" : "button");
  const tagOf = (element) => {
    const told = ["id", "class", "name", "type"].filter((one) => element.getAttribute(one));
    return `<${[element.localName, ...told.slice(0, 2).map((one) => `${one}="${element.getAttribute(one)}"`)].join(" ")}>`;
  };

  // What a person sees, and what a click would reach.

  const opacityOf = (element) =>
    element ? Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement) : 1;
  const boxesOf = (element) => {
    const big = (one) => [...one.getClientRects()].filter((box) => box.width > LEAST_PX && box.height > LEAST_PX);
    const own = big(element);
    return own.length ? own : all("*", element).flatMap(big);
  };
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && opacityOf(element) >= LEAST_OPACITY && boxesOf(element).length > 0;
  /** Where a person would click: on a box or on its label. */
  const placesOf = (element) => (element.matches(BOXES) ? [element, ...labelsOf(element)] : [element]);

  const pointsIn = (box) => {
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (left >= right || top >= bottom) return [];
    return GRID.flatMap((down) => GRID.map((along) => [left + (right - left) * along, top + (bottom - top) * down]));
  };
  /** null where a click on the place arrives at the element; else what is hit in its place, and whether anything is. */
  const missed = (place, element) => {
    const hits = boxesOf(place).flatMap(pointsIn).map(([x, y]) => document.elementFromPoint(x, y));
    const arrives = (hit) => element.contains(hit) || (hit !== null && hit.closest("label")?.control === element);
    return hits.some(arrives) ? null : { cover: hits.find((hit) => hit && !hit.contains(place)) };
  };
  /** Scroll as a person could: what hides its overflow stays where it is. */
  const scrollTo = (element) => {
    const root = document.documentElement;
    const ruling = (one) => getComputedStyle(one === root && getComputedStyle(root).overflow === "visible" ? document.body ?? root : one);
    const before = [];
    for (let one = element.parentElement; one; one = one.parentElement) before.push([one, one.scrollLeft, one.scrollTop]);
    element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    for (const [one, left, top] of before) {
      const style = ruling(one);
      if (style.overflowX === "hidden" && one.scrollLeft !== left) one.scrollTo({ left, behavior: "instant" });
      if (style.overflowY === "hidden" && one.scrollTop !== top) one.scrollTo({ top, behavior: "instant" });
    }
  };
  /** The place by which a person could use an element, or what keeps them from it. */
  const reach = (element) => {
    const places = placesOf(element).filter(isSeen);
    if (!places.length) return { problem: "is not visible" };
    if (element.matches(":disabled") || element.closest("[aria-disabled=true], [inert]")) return { problem: "is disabled" };
    for (const place of places) {
      if (!missed(place, element)) return { place };
      scrollTo(place);
      if (!missed(place, element)) return { place };
    }
    if (getComputedStyle(element).pointerEvents === "none") return { problem: "takes no clicks" };
    const { cover } = missed(places[0], element);
    if (!cover) return { problem: "cannot be scrolled to" };
    const text = plain(cover.innerText).slice(0, SHOWN_CHARS);
    return { problem: `is covered by ${tagOf(cover)}${text && ` “${text}”`}` };
  };

  // Which one is meant.

  /** Those that are called exactly that, or else those whose name begins so; of nested ones the innermost. */
  const called = (elements, name) => {
    const named = elements.map((element) => ({ element, names: namesOf(element) }));
    const fit = (is) => named.flatMap(({ element, names }) => {
      const found = names.find((one) => is(key(one)));
      return found === undefined ? [] : [{ element, name: found }];
    });
    const exact = fit((one) => one === key(name));
    const found = exact.length ? exact : fit((one) => one.startsWith(key(name)));
    const isAround = ({ element }) => found.some((other) => other.element !== element && element.contains(other.element));
    return found.filter((one) => !isAround(one));
  };
  const quoted = (text) => `"${text}"`;
  const several = (found, name, kinds) =>
    found.every((one) => key(one.name) === key(name))
      ? `${found.length} ${kinds} are called "${name}": ${found.map((one) => tagOf(one.element)).join(", ")}`
      : `"${name}" is the beginning of ${found.length} ${kinds}: ${found.map((one) => quoted(one.name)).join(", ")}`;
  /** The one that is called so and can be used, by `element` and `place`; or `why` not, empty where nothing is called so. */
  const pick = (elements, name, kind, look = reach) => {
    const drawn = elements.filter((element) => placesOf(element).some(isDrawn));
    const found = called(drawn, name).map((one) => ({ ...one, ...look(one.element) }));
    const usable = found.filter((one) => !one.problem);
    if (usable.length > 1) return { why: several(usable, name, kind ? `${kind}s` : "things to click") };
    if (usable.length === 1) {
      if (found.length > 1) look(usable[0].element); // the others were looked for elsewhere on the page
      return usable[0];
    }
    return { why: found.length ? `the ${kind || kindOf(found[0].element)} "${name}" ${found[0].problem}` : "" };
  };

  // What a person does.

  const tell = (field) => {
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const TAKES = {
    number: "a number", range: "a number within its limits", email: "an e-mail address", url: "an address", color: "a colour as #a1b2c3",
    date: "a date as 2026-01-31", time: "a time as 13:30", month: "a month as 2026-01", week: "a week as 2026-W05",
    "datetime-local": "a time as 2026-01-31T13:30",
  };
  const type = (field) => {
    const isText = field.isContentEditable;
    if (!isText && field.maxLength >= 0 && config.value.length > field.maxLength) {
      return never(`the field "${config.label}" takes ${field.maxLength} characters at most`);
    }
    field.focus();
    if (isText) field.textContent = config.value;
    else field.value = config.value;
    tell(field);
    const wanted = field.matches("textarea") ? config.value.replace(/\r\n?/g, "\n") : config.value;
    const has = isText ? field.textContent : field.value;
    if (has === wanted) return "";
    const held = has === "" ? "nothing" : `something else (${has.length} characters; ${wanted.length} were typed)`; // which may be secret
    const takes = TAKES[field.type] ?? (/[\r\n]/.test(wanted) && field.matches("input") ? "one line" : "");
    return never(`the field "${config.label}" holds ${held} after that: ${takes ? `it takes ${takes}` : "the page has changed it"}`);
  };
  const fill = () => {
    const { element: field, why } = pick(all(`${FIELDS}, ${BOXES}`), config.label, "field");
    if (!field) return why || `no field labelled "${config.label}"`;
    if (field.matches(BOXES)) return never(`"${config.label}" is a box to tick: use click, or choose in its group`);
    if (field.matches("select")) return chooseInList(field, config.value, "of that name or value");
    if (field.type === "file") return never(`the field "${config.label}" takes a file, which cannot be typed`);
    if (!field.matches("input, textarea") && !field.isContentEditable) return never(`"${config.label}" cannot be typed into: use click`);
    if (field.readOnly) return `the field "${config.label}" cannot be changed`;
    return type(field);
  };
  const press = () => {
    const { place, why } = pick(all(`${BUTTONS}, ${BOXES}`), config.label, "");
    if (!place) return why || `no button "${config.label}"`;
    setTimeout(() => place.click()); // after the answer, which would be lost with the page
    return "";
  };

  const chooseInList = (list, option, said) => {
    const options = [...list.options].filter((one) => !one.hidden);
    const byValue = config.action === "fill" ? options.filter((one) => one.value === option) : [];
    const found = byValue.length ? byValue.slice(0, 1).map((element) => ({ element, name: "" })) : called(options, option);
    if (!found.length) return `no choice ${said} in "${config.label}"`;
    if (found.length > 1) return several(found, option, "choices");
    if (found[0].element.matches(":disabled")) return `the choice ${said} is disabled`;
    list.focus();
    found[0].element.selected = true;
    tell(list);
    return found[0].element.selected ? "" : `the page has not kept the choice ${said}`;
  };
  const isTicked = (box) => box.checked ?? box.ariaChecked === "true";
  const chooseInGroup = (group) => {
    const { element: box, place, why } = pick(all(BOXES, group), config.option, "choice");
    if (!box) return why || `no choice "${config.option}" in "${config.label}"`;
    if (!isTicked(box)) place.click();
    return isTicked(box) ? "" : `the choice "${config.option}" was clicked, but it is not ticked`;
  };
  const choose = () => {
    const look = (one) => (one.matches("select") ? reach(one) : isSeen(one) ? {} : { problem: "is not visible" });
    const { element: found, why } = pick(all(`select, ${GROUPS}`), config.label, "list", look);
    if (!found) return why || `nothing to choose from that is labelled "${config.label}"`;
    return found.matches("select") ? chooseInList(found, config.option, quoted(config.option)) : chooseInGroup(found);
  };
  const findText = () => {
    const lower = (text) => plain(text).toLowerCase();
    const says = (element) => lower(element.innerText).includes(lower(config.label));
    const isShown = (element) => {
      const inside = [...element.children].filter((one) => one.innerText !== undefined && says(one));
      return inside.length ? inside.some(isShown) : opacityOf(element) >= LEAST_OPACITY;
    };
    return document.body && says(document.body) && isShown(document.body) ? "" : `no text "${config.label}"`;
  };

  if (!key(config.label)) return never("no name was given");
  return { fill, press, choose, text: findText }[config.action]();
};
