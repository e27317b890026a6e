// Calls to the control API, which is at this page's own origin.

const problem = document.getElementById("problem");

async function call(method, path, body) {
  const headers = body ? { "Content-Type": "application/json" } : {};
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

export const get = (path) => call("GET", path);
export const put = (path, body) => call("PUT", path, body);
export const post = (path, body) => call("POST", path, body);
export const remove = (path) => call("DELETE", path);

const LOST = "The stand-in does not answer. Is it still running?";

function show(text) {
  problem.textContent = text;
  problem.hidden = !text;
}

// Does what a person asked for, and says on the page why it could not be done.
export async function attempt(deed) {
  try {
    await deed();
    show("");
  } catch (error) {
    show(error instanceof TypeError ? LOST : error.message);
  }
}

// Does what is done all the time; why something else could not be done stays on the page.
export async function keepUp(deed) {
  try {
    await deed();
    if (problem.textContent === LOST) show("");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    show(LOST);
  }
}
