// Calls to the dialog's own backend, signed with this page's token.

const { pageToken, api } = document.body.dataset;

async function call(address, method, body) {
  const headers = { Authorization: `Bearer ${pageToken}` };
  if (body) headers["Content-Type"] = "application/json";
  const response = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.message), { refusal: answer });
  return answer;
}

export const submit = (form) => call("/external/auth/page/submit", "POST", form);
export const rename = (name) => call("/external/auth/page/rename", "POST", { name });
export const choose = (authenticationId) => call("/external/auth/page/choose", "POST", { authenticationId });
export const progress = () => call("/external/auth/page/progress", "GET");
export const beginSession = () => call(`${api}/session`, "POST", {});

export function refusalOf(error) {
  return error.refusal ?? { message: "The service could not be reached. Try again." };
}
