// Parts of sending a photo.
// Makes a large one smaller; gives back the file itself where that may lose anything: no memory,
// no turning upright, a very long screenshot.
function shrinkPhoto(file, shortSide, then) {
  var upright = window.CSS && CSS.supports("image-orientation", "from-image"), most = 16e6;
  var photo = /^image\/(jpeg|png|webp)$/.test(file.type) && file.size > 400000;
  if (!shortSide || !upright || !photo) return then(file);
  var picture = new Image(), address = URL.createObjectURL(file);
  function done(blob) { URL.revokeObjectURL(address); then(blob && blob.size < file.size ? blob : file); }
  function draw(from, wide, high) {
    var canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
    canvas.width = wide;
    canvas.height = high;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, wide, high);
    pen.drawImage(from, 0, 0, wide, high);
    return canvas;
  }
  function isPlain(canvas) {  // a phone without memory gives an empty sheet
    var dots = draw(canvas, 32, 32).getContext("2d").getImageData(0, 0, 32, 32).data, i = 4;
    while (i < dots.length && dots[i] === dots[i % 4]) i++;
    return i === dots.length;
  }
  picture.onerror = function () { done(); };
  picture.onload = function () {
    var wide = picture.naturalWidth, high = picture.naturalHeight;
    var share = Math.min(1, shortSide / Math.min(wide, high));
    function make(from) {
      try {
        var canvas = draw(from, Math.round(wide * share), Math.round(high * share));
        if (isPlain(canvas)) return done();
        canvas.toBlob(done, "image/jpeg", 0.75);
      } catch (failed) { done(); }
    }
    if (wide * high * share * share > most) return done();
    if (!window.createImageBitmap) return make(picture);
    // Read beside the page, which else stands still meanwhile.
    createImageBitmap(file).then(function (read) {
      make(read.width === wide && read.height === high ? read : picture);
      read.close();
    }, function () { make(picture); });
  };
  picture.src = address;
}
// Sends a form and says how far it is; a line that breaks is tried again, then `then` gets nothing.
function postPatiently(address, typed, say, then) {
  var tried = 0;
  (function post() {
    var request = new XMLHttpRequest();
    request.open("POST", address);
    request.upload.onprogress = function (event) {
      var share = Math.floor(100 * event.loaded / event.total);
      say(share < 100 ? "已经传了 " + share + "%，请不要关掉这一页。" : "传完了，正在检查…", share);
    };
    request.onload = function () { then(request); };
    request.onerror = function () {
      if (++tried > 3) return then();
      say("网断了一下，正在再试…");
      setTimeout(post, 1000 * tried);
    };
    request.send(typed);
  })();
}
// Makes what says how far it is: in words, as a bar, and, where that takes long, in seconds.
function showProgress(words, bar) {
  var said = words.appendChild(document.createTextNode("")), since, seconds = document.createElement("span");
  words.setAttribute("role", "status");
  words.appendChild(seconds).setAttribute("aria-hidden", "true");
  bar.setAttribute("aria-label", "上传进度");
  bar.max = 100;
  bar.hidden = true;
  setInterval(function () {
    var passed = Math.floor((Date.now() - since) / 1000);
    seconds.textContent = !bar.hidden && passed > 1 ? "（" + passed + " 秒了）" : "";
  }, 1000);
  return function (text, share) {
    if (said.data !== text) since = Date.now();
    said.data = text;
    bar.hidden = share === undefined;
    bar.value = share || 0;
  };
}
// Says which of several is on its way, and how long the rest will take at this pace.
function sayWhich(sent, count, milliseconds) {
  var minutes = Math.ceil(milliseconds / sent * (count - sent) / 60000);
  if (count === 1) return "";
  return "第 " + (sent + 1) + " 个（共 " + count + " 个" + (sent ? "，大约还要 " + minutes + " 分钟" : "") + "）：";
}
