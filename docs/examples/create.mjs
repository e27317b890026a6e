// Collect one credential by launching tray-auth-desktop from Node (18 or later; no packages).
//
//   TRAY_MASTER_TOKEN=… TRAY_EMBEDDED_ID=… node create.mjs USER_ID SERVICE_ID SERVICE_ENVIRONMENT_ID [SCOPE …]

import { spawn } from "node:child_process";

const TIMEOUT_S = 300;
const GRACE_S = 30; // more than the program itself takes after its time limit, to compare the lists

/** Opens the dialog; resolves to the exit code and the answer, which is null after a usage error. */
function collect([userId, serviceId, environmentId, ...scopes], signal) {
  const options = ["create", "--json", "--timeout", String(TIMEOUT_S), "--user-id", userId];
  options.push("--service-id", serviceId, "--service-environment-id", environmentId);
  for (const scope of scopes) options.push("--scope", scope);
  // The master token goes by the environment alone: a command line can be read by every process.
  const env = { ...process.env, TRAY_MASTER_TOKEN: process.env.TRAY_MASTER_TOKEN };
  return new Promise((resolve, reject) => {
    const program = spawn("tray-auth-desktop", options, { env, stdio: ["ignore", "pipe", "inherit"] });
    // It ends as `closed`, and still answers, unless the authId was captured already.
    signal.addEventListener("abort", () => program.kill("SIGTERM"));
    let text = "";
    program.stdout.setEncoding("utf8").on("data", (part) => (text += part));
    program.on("error", reject);
    program.on("close", (code) => resolve({ code, answer: text.trim() ? JSON.parse(text) : null }));
  });
}

const ids = process.argv.slice(2);
if (ids.length < 3) {
  console.error("Usage: node create.mjs USER_ID SERVICE_ID SERVICE_ENVIRONMENT_ID [SCOPE …]");
  process.exit(2);
}
const stop = new AbortController();
const patience = setTimeout(() => stop.abort(), (TIMEOUT_S + GRACE_S) * 1000);
for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => stop.abort());

const { code, answer } = await collect(ids, stop.signal);
clearTimeout(patience);
if (answer?.outcome === "captured") {
  console.log(`authId ${answer.auth_id}${answer.confirmed ? "" : " (not yet seen in the user's list)"}`);
} else {
  // 2 usage, 3 closed, 4 failed, 5 timed out, 6 refused by the API, 7 network, 8 engine
  console.error(`No authId, exit code ${code}: ${answer?.message ?? "see above"}`);
}
process.exitCode = code ?? 1;
