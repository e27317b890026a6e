// The bridge as tutorials show it: in the dialog's own page, with the handshake of QWebChannel.
window.opener = window;
new QWebChannel(qt.webChannelTransport, (channel) => {
  window.addEventListener("message", (event) => channel.objects.bridge.posted(JSON.stringify(event.data)));
});
