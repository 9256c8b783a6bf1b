// The keys of the list of work: j and k go down and up, ? tells of them; typing is left alone.
document.addEventListener("keydown", function (event) {
  var at = document.activeElement, tag = at && at.tagName;
  if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(tag)) return;
  if (event.key === "?") {
    var help = document.getElementById("keys");
    help.open = !help.open;
    return;
  }
  var step = { j: 1, k: -1 }[event.key];
  if (!step) return;
  var rows = [].slice.call(document.querySelectorAll(".rows a.number")), now = rows.indexOf(at);
  var next = now < 0 ? 0 : Math.min(Math.max(now + step, 0), rows.length - 1);
  if (rows.length) rows[next].focus();
});
