// Sends a photo and says how far it is; where the form says so, a large one is made smaller first.
(function () {
  var input = document.getElementById("file"), form = input.form, busy = false;
  var bar = document.createElement("progress"), words = document.createElement("p");
  var shortSide = +form.getAttribute("data-short-side");
  words.setAttribute("role", "status");
  bar.setAttribute("aria-label", "上传进度");
  bar.max = 100;
  bar.hidden = true;
  form.appendChild(words);
  form.appendChild(bar);
  function say(text, share) {
    words.textContent = text;
    bar.hidden = share === undefined;
    bar.value = share || 0;
  }
  function submit() { say("正在传，请等一等…"); form.submit(); }
  function shrink(file, then) {
    // A browser that does not turn pictures upright by itself would lose the note that says how.
    var upright = window.CSS && CSS.supports("image-orientation", "from-image");
    var photo = /^image\/(jpeg|png|webp)$/.test(file.type) && file.size > 400000;
    if (!shortSide || !upright || !photo) return then(file);
    var picture = new Image(), address = URL.createObjectURL(file);
    function done(blob) { URL.revokeObjectURL(address); then(blob && blob.size < file.size ? blob : file); }
    picture.onerror = function () { done(); };
    picture.onload = function () {
      try {
        var canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
        var wide = picture.naturalWidth, high = picture.naturalHeight;
        var share = Math.min(1, shortSide / Math.min(wide, high));
        canvas.width = Math.round(wide * share);
        canvas.height = Math.round(high * share);
        pen.fillStyle = "#fff";
        pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(done, "image/jpeg", 0.75);
      } catch (failed) { done(); }
    };
    picture.src = address;
  }
  function send(blob, name) {
    var request = new XMLHttpRequest(), typed = new FormData(form);
    if (blob.size > 10e6) { busy = false; return say("照片太大，要小于 10 MB，没有传。请重新拍一张，或者到窗口来。"); }
    typed.set("file", blob, blob.name || name.replace(/\.\w+$/, "") + ".jpg");
    request.open("POST", form.action);
    request.upload.onprogress = function (event) {
      var share = Math.floor(100 * event.loaded / event.total);
      say(share < 100 ? "已经传了 " + share + "%，请不要关掉这一页。" : "传完了，正在检查…", share);
    };
    request.onload = function () {
      if (request.status === 200) return location.replace(request.responseURL);
      document.open();  // what is wrong, and what to do
      document.write(request.responseText);
      document.close();
    };
    request.onerror = submit;
    request.send(typed);
  }
  form.addEventListener("submit", function (event) {
    var file = input.files[0];
    if (busy) return event.preventDefault();
    if (!file || !window.FormData || !FormData.prototype.set) return;
    event.preventDefault();
    busy = true;
    say("正在准备照片…");
    shrink(file, function (blob) { try { send(blob, file.name); } catch (failed) { submit(); } });
  });
  addEventListener("pageshow", function (event) { if (event.persisted) busy = false; });
})();
