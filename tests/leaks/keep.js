// Keeps a mark in every place that a page has, or reads what is kept there.
const mark = "mark-of-the-first-attempt";
const timely = (promise) => Promise.race([promise, new Promise((resolve) => setTimeout(resolve, 1500, "late"))]);
const database = (mode, work) =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open("kept", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const asked = work(request.result.transaction("kept", mode).objectStore("kept"));
      asked.onsuccess = () => resolve(asked.result);
    };
  });
const places = {
  cookie: [() => { document.cookie = `mark=${mark}; max-age=9000`; }, () => document.cookie],
  localStorage: [() => { localStorage.mark = mark; }, () => localStorage.mark],
  sessionStorage: [() => { sessionStorage.mark = mark; }, () => sessionStorage.mark],
  name: [() => { window.name = mark; }, () => window.name],
  database: [() => database("readwrite", (store) => store.put(mark, "mark")), () => database("readonly", (store) => store.get("mark"))],
  cache: [async () => (await caches.open("kept")).put("/kept", new Response(mark)), async () => (await caches.match("/kept"))?.text()],
  files: [
    async () => {
      const file = await (await navigator.storage.getDirectory()).getFileHandle("mark", { create: true });
      const stream = await file.createWritable();
      await stream.write(mark);
      await stream.close();
    },
    async () => (await (await (await navigator.storage.getDirectory()).getFileHandle("mark")).getFile()).text(),
  ],
  worker: [() => navigator.serviceWorker.register("/worker.js"), async () => ((await navigator.serviceWorker.getRegistrations()).length ? mark : "")],
};
const useAll = async (index) => {
  const seen = {};
  for (const [name, works] of Object.entries(places)) {
    try {
      seen[name] = String((await timely(works[index]())) ?? "");
    } catch (error) {
      seen[name] = `${error.name}`;
    }
  }
  window.result = JSON.stringify(seen);
};
