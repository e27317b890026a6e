// What an application should not do, and cannot: ask the API from a page. The address is in the fragment.

const headers = { Authorization: "Bearer none", "Content-Type": "application/json" };
const outcome = document.getElementById("outcome");
try {
  const { status } = await fetch(location.hash.slice(1), { method: "POST", headers, body: "{}" });
  outcome.value = `answered ${status}`;
} catch (error) {
  outcome.value = `refused ${error.name}`;
}
