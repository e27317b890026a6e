// Tells whether a page has drawn itself, and whether a key has reached it. Kept in the isolated world;
// a new document knows nothing of what the one before was asked.
(config) => {
  const pulse = (globalThis.trayPulse ??= { frames: -1, keys: -1 });

  const countFrames = (left) => {
    pulse.frames = left;
    if (left > 0) requestAnimationFrame(() => countFrames(left - 1));
  };
  if (config.action === "draw") {
    if (pulse.frames < 0) countFrames(config.frames);
    if (pulse.frames > 0) return "the page is not drawn yet";
    pulse.frames = -1;
    return "";
  }
  if (config.action === "listen") {
    pulse.keys = 0;
    addEventListener("keydown", () => (pulse.keys += 1), { capture: true, once: true });
    return "";
  }
  return pulse.keys === 0 ? "no key has reached the page" : "";
};
