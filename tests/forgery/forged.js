// Makes messages that must not count, and sends them. The same for the same seed.
const makeForged = ({ seed, count, authId, saysWhatADialogSays }) => {
  let state = seed >>> 0;
  const below = (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const pick = (list) => list[below(list.length)];

  const FINISH = "tray.authpopup.finish";
  const TYPES = [FINISH, "tray.authPopup.finish", "tray.authpopup.close", "tray.authpopup.cancel", "tray.authPopup.error"];
  const finish = { type: FINISH, authType: "oauth", authId };
  const nested = (depth, value) => {
    for (let i = 0; i < depth; i += 1) value = [value];
    return value;
  };
  const cyclic = { ...finish };
  cyclic.self = cyclic;
  const cyclicList = [finish];
  cyclicList.push(cyclicList);

  const shapes = [
    undefined, null, true, 0, -0, NaN, Infinity, 1n, "", "tray.authpopup.finish", authId, JSON.stringify(finish),
    [], [finish], [FINISH, authId], {}, { data: finish }, { detail: finish }, { finish }, { authId },
    { Type: FINISH, authId }, { TYPE: FINISH, authId }, { type: [FINISH], authId }, { type: { type: FINISH }, authId },
    { "type ": FINISH, authId }, { type: null, authId }, { type: 7, authId }, { type: true, authId }, { type: "", authId },
    JSON.parse(`{"__proto__": ${JSON.stringify(finish)}}`), { constructor: { prototype: finish } },
    JSON.parse(`{"__proto__": {"type": "${FINISH}"}, "authId": "${authId}"}`), { prototype: finish, toString: FINISH },
    { hasOwnProperty: FINISH, valueOf: authId }, { type: "__proto__", authId }, { type: "constructor", authId },
    { type: `${FINISH}x`, authId }, { type: `${FINISH}ed`, authId }, { type: `x${FINISH}`, authId }, { type: `${FINISH} `, authId },
    { type: ` ${FINISH}`, authId }, { type: `${FINISH}\0`, authId }, { type: `${FINISH}.finish`, authId }, { type: "tray.authpopup", authId },
    Object.create(finish), new (class { get type() { return FINISH; } get authId() { return authId; } })(),
    new Map(Object.entries(finish)), new Set([FINISH, authId]), new Date(0), /tray.authpopup.finish/, new Error(FINISH),
    new ArrayBuffer(16), new Uint8Array(16), new Float64Array([NaN]), new Blob([JSON.stringify(finish)]), new Boolean(true),
    cyclic, cyclicList, { ...finish, n: 1n }, nested(30, finish), nested(900, finish), { type: nested(500, FINISH), authId },
    { ...finish, ballast: "x".repeat(70_000) }, " ".repeat(70_000) + JSON.stringify(finish), { type: "x".repeat(60_000), authId },
    Object.fromEntries(Array.from({ length: 9_000 }, (_, i) => [`key${i}`, i])), () => finish, Symbol(FINISH), document,
  ];
  const wrongIds = [
    undefined, null, "", 7, true, NaN, [authId], { id: authId }, `${authId}\n`, ` ${authId}`, `${authId} `, `{${authId}}`,
    `urn:uuid:${authId}`, authId.slice(1), `${authId}0`, authId.replaceAll("-", ""), authId.replaceAll("-", "\u2010"),
    authId.replace("5", "\u0665"), authId.replace("-", "--"), "-".repeat(36), "\ud800", "\0".repeat(36), "../../../etc/passwd",
    "<img src=x onerror=alert(1)>", "[object Object]", "undefined", "null", "x".repeat(50_000), "0".repeat(36), `${authId},${authId}`,
  ];
  const wrongType = () => {
    const type = pick(TYPES);
    const at = below(type.length);
    const sign = pick(["0", "_", "-", " ", "\u0131", "\u017f", "\u200b", "\uff46", "\ud800", "\0", ".", "tray."]);
    const made = pick([type.slice(0, at) + sign + type.slice(at), type.slice(0, at) + sign + type.slice(at + 1), sign + type, type + sign]);
    return TYPES.some((known) => known.toLowerCase() === made.toLowerCase()) ? `${made}x` : made;
  };
  const random = (depth = 0) => {
    const made = {};
    for (let i = below(5); i >= 0; i -= 1) {
      const name = pick(["authId", "error", "err", "__proto__", "constructor", "prototype", "data", "toJSON", "length", "\ud800"]);
      const value = depth < 4 && below(3) === 0 ? random(depth + 1) : pick([authId, FINISH, null, below(9), [finish]]);
      Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
    }
    return made;
  };
  const said = () => pick([finish, { ...finish, type: pick(TYPES) }, { type: "tray.authpopup.accountIdRequest" }, { ...random(), ...finish }]);
  const kinds = [() => ({ ...finish, type: wrongType() }), () => ({ ...finish, authId: pick(wrongIds) }), random, () => [random()]];
  if (saysWhatADialogSays) kinds.push(said, said, said);

  const values = shapes.slice(0, count);
  while (values.length < count) values.push(pick(kinds)());
  return values;
};

// Sends each; what cannot be sent at all is no message. Ends with one that says how many went out.
const sendForged = (values, send) => {
  let sent = 0;
  for (const value of values) {
    try {
      send(value);
      sent += 1;
    } catch {
      // not cloneable
    }
  }
  send({ type: "sentinel", sent });
};
