// The QR code of a receipt carries number and code behind the #, which is not sent when it is opened.
(function () {
  var found = /^#([A-Z0-9-]{12,14})(?::|%3A)([0-9]{16})$/i.exec(location.hash);
  if (!found) return;
  document.getElementById("receipt").value = found[1];
  document.getElementById("code").value = found[2];
  history.replaceState(null, "", location.pathname);
})();
