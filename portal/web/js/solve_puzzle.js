// Finds the number below data-most for which SHA-256(nonce.number) is the mark; see operations/forms/admission.py.
(function () {
  var field = document.getElementById("puzzle"), answer = document.getElementById("solution");
  var said = document.getElementById("working"), queue = document.getElementById("queue");
  var form = field.form, parts = field.value.split("."), salt = parts[0] + ".";
  var most = +field.getAttribute("data-most"), next = 0, asked = false, sent = false, pressed;
  var mark = parts[1].match(/.{8}/g).map(function (part) { return parseInt(part, 16) | 0; });
  var start = [], k = [], w = new Int32Array(64), first = new Int32Array(16), h = new Int32Array(8);

  for (var prime = 2; k.length < 64; prime++) {
    var whole = true;
    for (var i = 2; i * i <= prime; i++) if (prime % i === 0) whole = false;
    if (!whole) continue;
    if (start.length < 8) start.push((Math.sqrt(prime) % 1 * 4294967296) | 0);
    k.push((Math.pow(prime, 1 / 3) % 1 * 4294967296) | 0);
  }
  k = new Int32Array(k);
  function put(block, place, code) { block[place >> 2] |= code << (24 - 8 * (place & 3)); }
  for (i = 0; i < salt.length; i++) put(first, i, salt.charCodeAt(i));

  function fits(number) {
    var digits = String(number), length = salt.length + digits.length, i, x, y, t, u;
    w.set(first);
    for (i = 0; i < digits.length; i++) put(w, salt.length + i, digits.charCodeAt(i));
    put(w, length, 128);
    w[15] = length * 8;
    for (i = 16; i < 64; i++) {
      x = w[i - 15]; y = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) +
        ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10);
    }
    var a = start[0], b = start[1], c = start[2], d = start[3];
    var e = start[4], f = start[5], g = start[6], z = start[7];
    for (i = 0; i < 64; i++) {
      t = (z + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) +
        (e & f ^ ~e & g) + k[i] + w[i]) | 0;
      u = (((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) +
        (a & b ^ a & c ^ b & c)) | 0;
      z = g; g = f; f = e; e = (d + t) | 0; d = c; c = b; b = a; a = (t + u) | 0;
    }
    h.set([a, b, c, d, e, f, g, z]);
    for (i = 0; i < 8; i++) if (((h[i] + start[i]) | 0) !== mark[i]) return false;
    return true;
  }

  function say(words) { said.textContent = words; }

  function work() {
    for (var until = Date.now() + 50; Date.now() < until;) {
      for (var many = 0; many < 500; many++, next++) {
        if (next >= most) { queue.hidden = false; say("没有确认好。请排队，或者打电话。"); return; }
        if (!fits(next)) continue;
        answer.value = next;
        say(said.getAttribute("data-done"));
        if (asked) form.submit();
        return;
      }
    }
    setTimeout(work, 0);
  }

  // A button with a name asks for something else, which needs no work.
  form.addEventListener("click", function (event) { pressed = event.target; });
  form.addEventListener("submit", function (event) {
    if (pressed && pressed.name) return;
    if (!answer.value && queue.hidden) {
      asked = true;
      say("正在确认，好了就自动往下走…");
    }
    if (sent || asked) event.preventDefault();
    else sent = true;
  });
  addEventListener("pageshow", function (event) { if (event.persisted) sent = asked = false; });
  queue.hidden = true;
  say("正在确认，大约 3 秒…");
  setTimeout(work, 0);
})();
