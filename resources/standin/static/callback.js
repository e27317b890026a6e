// The end of signing in: tells the dialog, if it is still there to be told, and closes.
// A third party can cut the tie to the dialog's window; then there is nobody to tell.

const { authId, error } = document.body.dataset;

if (window.opener) {
  window.opener.postMessage({ type: "stand-in.signed-in", id: authId, error }, location.origin);
  window.close();
}
