// Hears what the dialog says. Types are spelled as the public documentation spells them.

const listening = document.getElementById("listening");

export function listen(isFromDialog, told) {
  const onMessage = (event) => {
    if (!isFromDialog(event)) return;
    if (event.data.type === "tray.authPopup.error") told({ kind: "error", error: event.data.error });
    if (event.data.type === "tray.authpopup.close") told({ kind: "close" });
    if (event.data.type === "tray.authpopup.finish") told({ kind: "finish", authId: event.data.authId });
  };
  window.addEventListener("message", onMessage);
  listening.value = "yes";
  return () => {
    window.removeEventListener("message", onMessage);
    listening.value = "no";
  };
}
