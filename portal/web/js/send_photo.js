// Sends photos one after the other and says how far it is. A line that breaks is tried again;
// what cannot be taken is told at the end, above the page as it is then.
(function () {
  var input = document.getElementById("file"), form = input.form, busy, left;
  function make(tag) { return form.appendChild(document.createElement(tag)); }
  var say = showProgress(make("p"), make("progress"));
  function withPart(part) { return form.action + (/\?/.test(form.action) ? "&" : "?") + part; }
  function parse(request) { return new DOMParser().parseFromString(request.responseText, "text/html"); }
  function write(text) { document.open(); document.write(text); document.close(); }
  function send(blob, name, number, count, sayPart, then) {
    var which = count > 1 ? "第 " + number + " 个（共 " + count + " 个）：" : "", typed = new FormData(form);
    if (blob.size > 10e6) return then(null, which + "照片太大，没有传成功。请换一张小于 10 MB 的");
    typed.set("file", blob, blob.name || name.replace(/\.\w+$/, "") + ".jpg");
    postPatiently(count > 1 ? withPart("number=" + number) : form.action, typed, sayPart, then);
  }
  function tell(problems, box) {
    var request = new XMLHttpRequest();
    request.open("GET", form.action);
    request.onload = function () {
      var page = parse(request), list = box.querySelector("ul");
      list.textContent = "";
      problems.forEach(function (one) { list.appendChild(page.createElement("li")).textContent = one; });
      page.querySelector("h1").before(box);
      write("<!doctype html>" + page.documentElement.outerHTML);
    };
    request.onerror = function () { busy = 0; say(problems.join("。")); };
    request.send();
  }
  function sendAll(files) {
    var problems = [], box = make("div"), sent = 0, known = 0, last, side = +form.getAttribute("data-short-side");
    var began = Date.now(), count = files.length;
    box.className = "errors";
    box.hidden = true;
    box.innerHTML = "<h2>有没传上来的</h2><ul></ul>";
    function sayPart(text, share) {
      say(sayWhich(sent, count, Date.now() - began) + text, (100 * sent + (share || 0)) / count);
    }
    function note(request, problem) {
      if (!request && !problem) {
        busy = 0;
        left = files.slice(sent);
        return say("网断了，还有 " + left.length + " 个没有传，传好的都在。网好了，请再点一次“上传”。");
      }
      if (problem) problems.push(problem);
      else if (request.status === 200) {
        last = request.responseURL;
        known += +(/known=(\d+)/.exec(last) || [0, 0])[1];
      } else {
        var told = parse(request).querySelector(".errors");
        if (!told) return write(request.responseText);
        box = told;
        told.querySelectorAll("li").forEach(function (one) { problems.push(one.textContent); });
      }
      sent++;
      next();
    }
    function next() {
      var file = files[sent];
      if (file) {
        sayPart("正在准备照片…");
        return shrinkPhoto(file, side, function (blob) { send(blob, file.name, sent + 1, count, sayPart, note); });
      }
      say("都传完了，正在打开…", 100);
      box.hidden = false;
      if (problems.length) return tell(problems, box);
      var away = last.split("?")[0] !== form.action.split("?")[0];
      location.replace(away ? last : known ? withPart("known=" + known) : form.action);
    }
    next();
  }
  form.addEventListener("submit", function (event) {
    var files = left || [].slice.call(input.files);
    if (!busy && (!files.length || !FormData.prototype.set)) return;
    event.preventDefault();
    if (busy) return;
    busy = 1;
    left = null;
    sendAll(files);
  });
  input.onchange = function () { left = null; };
  addEventListener("pageshow", function (event) { if (event.persisted) busy = 0; });
})();
