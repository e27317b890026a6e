// Runs in the page that stands in the inspector's place: prints what the protocol answers, one line for
// each. A long answer comes in parts, of which the first alone says how long the whole is.
globalThis.DevToolsAPI = (() => {
  let parts = [];
  let missing = 0;
  const print = (message) => console.log(typeof message === "string" ? message : JSON.stringify(message));
  return {
    dispatchMessage: print,
    dispatchMessageChunk(part, size) {
      if (size) {
        parts = [];
        missing = size;
      }
      parts.push(part);
      missing -= part.length;
      if (missing <= 0) print(parts.join(""));
    },
  };
})();
