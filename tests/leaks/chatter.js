// A dialog that keeps nothing to itself. What it types, it types as a person would: with an event.
const field = document.getElementById("secret");
field.value = marks.typed;
field.dispatchEvent(new Event("input", { bubbles: true }));

const everything = Object.entries(marks).filter(([name]) => name !== "provider");
const tell = () => {
  for (const [name, value] of everything) {
    const isKnown = ["code", "typed"].includes(name);
    const line = isKnown ? `it is ${value} here` : `${name.replace(/^oauth_/, "")}=${encodeURIComponent(value)}`;
    console.log(line);
    console.error(new Error(line).message, { [name]: value });
    console.debug(JSON.stringify({ [name === "cookie" ? "cookie" : name]: value.replaceAll(" ", "") }));
    alert(line);
    confirm(line);
    prompt(line, value);
    opener?.postMessage({ type: `x ${line}` }, "*");
    opener?.postMessage({ type: "secrets", [name]: value }, "*");
    document.cookie = `${name}=${encodeURIComponent(value)}; max-age=90000`;
    localStorage[name] = value;
    sessionStorage[name] = value;
  }
  console.log(location.href, document.cookie, btoa(unescape(encodeURIComponent(`user:${marks.typed}`))));
  console.log(encodeURIComponent(marks.typed), JSON.stringify({ body: marks.typed }), encodeURIComponent(marks.code));
};
const keep = async () => {
  const cache = await caches?.open("kept");
  await cache?.put("/kept", new Response(JSON.stringify(marks)));
  await new Promise((resolve) => {
    const request = indexedDB.open("kept", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept").put(marks, "marks");
    request.onsuccess = request.onerror = resolve;
  });
  await fetch("/seen", { method: "POST", body: JSON.stringify(marks) });
};
const query = new URLSearchParams({ csrf: marks.csrf, session: marks.session, state: marks.oauth_state });
const frame = document.createElement("iframe");
frame.src = "/file";
document.body.append(frame);
document.title = `${marks.code} ${marks.typed}`;
history.replaceState(0, "", `${location.pathname}?${location.search.slice(1)}&${query}#${marks.oauth_state}`);
tell();
addEventListener("message", () => keep().catch(() => 0).finally(end), { once: true });
window.open(`${marks.provider}/authorize?${query}`);
