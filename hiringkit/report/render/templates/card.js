"use strict";
// An interview on one page. Nothing is fetched and nothing is sent: what is written stays in this browser's own
// storage until it is saved as a file. Every text is put into the page as text.
(() => {
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const id = (name) => document.getElementById(name);
  const data = JSON.parse(id("data").textContent);
  const words = data.words;
  const form = id("form");
  const sheets = all(".sheet");
  const last = sheets.length - 1;
  const PLACE = "hiringkit-card-" + data.about.card;

  // What is written, as it is kept
  const blank = () => ({ place: 0, ratings: {}, recommendation: "", summary: "", notes: "", saved: "", changed: false });
  const storage = openStorage();
  let held = read() || blank();
  let keptAt = null;
  let full = false;

  function openStorage() {
    try {
      window.localStorage.setItem(PLACE + "-test", "1");
      window.localStorage.removeItem(PLACE + "-test");
      return window.localStorage;
    } catch {
      return null;
    }
  }

  function read() {
    try {
      const found = JSON.parse(storage.getItem(PLACE));
      return found && typeof found === "object" ? { ...blank(), ...found } : null;
    } catch {
      return null;
    }
  }

  function keep() {
    try {
      storage.setItem(PLACE, JSON.stringify(held));
      full = false;
      keptAt = new Date();
    } catch {
      full = storage !== null;
    }
    showKept();
  }

  function showKept() {
    const lost = storage === null || full;
    const time = keptAt && keptAt.toLocaleTimeString(data.language, { hour: "2-digit", minute: "2-digit" });
    id("kept").classList.toggle("not", lost);
    say(id("kept"), lost ? words.not_kept : time ? words.kept.replace("{time}", time) : "");
    id("warning").hidden = !lost;
    say(id("warning"), lost ? (full ? words.full : words.refused) : "");
  }

  function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
    if (element.id === "kept") element.hidden = !text;
  }

  // From the fields to what is kept, and back
  const ratingOf = (question) => held.ratings[question] || { rating: "", evidence: "", probes: [], rated_at: null };
  const choice = (number) => form.elements["rating-" + number];

  function take(number) {
    const question = data.questions[number];
    const before = ratingOf(question.id);
    const rating = choice(number).value;
    const evidence = wellFormed(id("note-" + number).value);
    const probes = all(`[name="probe-${number}"]:checked`).map((box) => Number(box.value));
    const rated_at = rating === before.rating ? before.rated_at : rating ? new Date().toISOString() : null;
    held.ratings[question.id] = { rating, evidence, probes, rated_at };
  }

  function wellFormed(text) {
    return text.replace(/\p{Surrogate}/gu, "\ufffd");
  }

  function takeAll() {
    data.questions.forEach((_question, number) => take(number));
    held.recommendation = form.elements.recommendation.value;
    held.summary = wellFormed(id("summary").value);
    held.notes = wellFormed(id("notes").value);
  }

  function fill() {
    data.questions.forEach((question, number) => {
      const rated = ratingOf(question.id);
      choose(number, rated.rating);
      put(id("note-" + number), rated.evidence);
      for (const box of all(`[name="probe-${number}"]`)) box.checked = rated.probes.includes(Number(box.value));
    });
    for (const box of all("[name=recommendation]")) box.checked = box.value === held.recommendation;
    put(id("summary"), held.summary);
    put(id("notes"), held.notes);
  }

  function put(field, text) {
    if (field.value !== text) field.value = text;
  }

  function choose(number, value) {
    const control = choice(number);
    if (control instanceof HTMLSelectElement) control.value = value;
    else for (const box of all(`[name="rating-${number}"]`)) box.checked = box.value === value;
  }

  function changed() {
    takeAll();
    held.changed = true;
    keep();
    paint();
  }

  // What is shown
  const told = (rating) => (rating in words.marks ? words.marks[rating] : words.level.replace("{level}", rating));
  const open = () => data.questions.filter((question) => !ratingOf(question.id).rating);

  function paint() {
    all("#strip button").forEach((button, number) => {
      const question = data.questions[number];
      if (number === held.place) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
      if (!question) return;
      const rating = ratingOf(question.id).rating;
      button.classList.toggle("done", rating !== "");
      say(find("span", button), number === held.place && !rating ? words.now : rating ? told(rating) : words.to_ask);
    });
    data.questions.forEach((question, number) => {
      const clear = find(`[data-clear="${number}"]`);
      if (clear) clear.hidden = ratingOf(question.id).rating === "";
    });
    const step = held.place;
    id("before").hidden = step === 0;
    say(id("before"), step ? words.before.replace("{number}", step) : "");
    id("after").hidden = step === last;
    say(id("after"), step + 1 === last ? words.to_end : words.after.replace("{number}", step + 2));
    paintEnd();
  }

  function paintEnd() {
    const left = open();
    const numbers = left.map((question) => data.questions.indexOf(question) + 1).join(words.comma);
    id("open").hidden = left.length === 0;
    say(id("open"), (data.complete ? words.open : words.open_allowed).replace("{numbers}", numbers));
    if (held.place !== last) return;
    const items = data.questions.map((question, number) => {
      const rated = ratingOf(question.id);
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.go = number;
      button.textContent = number + 1 + ". " + question.heading;
      const level = document.createElement("p");
      const strong = document.createElement("b");
      if (!rated.rating) strong.className = "caution";
      strong.textContent = rated.rating ? told(rated.rating) : words.not_rated;
      level.append(strong);
      item.append(button, level);
      if (rated.evidence) {
        const heard = document.createElement("p");
        heard.textContent = rated.evidence;
        item.append(heard);
      }
      return item;
    });
    id("back").replaceChildren(...items);
  }

  function go(place, focus = true) {
    held.place = Math.min(Math.max(place, 0), last);
    sheets.forEach((sheet, number) => {
      sheet.hidden = number !== held.place;
    });
    keep();
    paint();
    if (!focus) return;
    window.scrollTo(0, 0);
    // a field that has the focus brings up the keyboard of a phone, over the question
    const field = window.matchMedia("(pointer: coarse)").matches ? null : id("note-" + held.place);
    (field || find("h2", sheets[held.place])).focus();
  }

  // The file
  function saved(state) {
    takeAll();
    const now = new Date();
    const before = held.saved ? new Date(held.saved) : null;
    held.saved = (before && before >= now ? new Date(before.getTime() + 1) : now).toISOString();
    const content = {
      ...data.about,
      state,
      saved_at: held.saved,
      ratings: data.questions.map((question) => {
        const rated = ratingOf(question.id);
        const marked = rated.rating in words.marks;
        const rating = rated.rating === "" ? null : marked ? rated.rating : Number(rated.rating);
        return { question: question.id, rating, evidence: rated.evidence, probes: rated.probes, rated_at: rated.rated_at };
      }),
      recommendation: held.recommendation,
      summary: held.summary,
      notes: held.notes,
    };
    content.signature = sign(content);
    return JSON.stringify(content, null, 1) + "\n";
  }

  function sign(content) {
    return "hmac-sha256:" + hmac(data.key, canonical(content));
  }

  function save(state) {
    const left = open();
    if (state === "submitted" && data.complete && left.length) {
      id("open").focus();
      return;
    }
    const text = saved(state);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = data.file;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    held.changed = false;
    keep();
    id("text").value = text;
    id("copy").hidden = false;
    const lines = [state === "submitted" ? words.saved : words.saved_draft, words.send].map((words) => {
      const line = document.createElement("p");
      line.textContent = words.replace("{file}", data.file);
      return line;
    });
    id("saved").replaceChildren(...lines);
  }

  async function goOn(file) {
    let found = null;
    try {
      found = file.size <= 1000000 ? JSON.parse(await file.text()) : null;
    } catch {
      found = null;
    }
    id("file").value = "";
    if (!found || typeof found !== "object" || !Array.isArray(found.ratings)) return tell(words.no_card);
    const { signature, ...content } = found;
    if (found.card !== data.about.card) return tell(words.other_card);
    if (sign(content) !== signature) return tell(words.edited);
    if (held.changed && !window.confirm(words.replaces)) return undefined;
    held = { ...blank(), place: held.place, saved: found.saved_at };
    held.recommendation = found.recommendation;
    held.summary = found.summary;
    held.notes = found.notes;
    for (const each of found.ratings) {
      const rating = each.rating === null ? "" : String(each.rating);
      held.ratings[each.question] = { rating, evidence: each.evidence, probes: each.probes, rated_at: each.rated_at };
    }
    fill();
    keep();
    paint();
    return tell(words.taken);
  }

  function tell(text) {
    id("saved").textContent = text;
  }

  // The signature: JSON with its keys in order and no blanks, HMAC-SHA-256. The browser's own is not there in a file
  // that a mail program has opened.
  function canonical(value) {
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    const keys = Object.keys(value).sort();
    return "{" + keys.map((key) => JSON.stringify(key) + ":" + canonical(value[key])).join(",") + "}";
  }

  function primes(count) {
    const found = [];
    for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime)) found.push(n);
    return found;
  }

  const fraction = (root) => Math.floor((root - Math.floor(root)) * 0x100000000) | 0;
  const ROUNDS = primes(64).map((prime) => fraction(Math.cbrt(prime)));
  const FIRST = primes(8).map((prime) => fraction(Math.sqrt(prime)));

  function sha256(bytes) {
    const length = bytes.length;
    const padded = new Uint8Array(((length + 72) >> 6) << 6);
    padded.set(bytes);
    padded[length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(length / 0x20000000));
    view.setUint32(padded.length - 4, length << 3);
    const turn = (word, by) => (word >>> by) | (word << (32 - by));
    const state = [...FIRST];
    const w = new Int32Array(64);
    for (let start = 0; start < padded.length; start += 64) {
      for (let i = 0; i < 64; i++) {
        if (i < 16) {
          w[i] = view.getInt32(start + 4 * i);
        } else {
          const a = w[i - 15];
          const b = w[i - 2];
          w[i] = w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
        }
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i++) {
        const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + w[i]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
      }
      [a, b, c, d, e, f, g, h].forEach((word, i) => {
        state[i] = (state[i] + word) | 0;
      });
    }
    const digest = new Uint8Array(32);
    state.forEach((word, i) => new DataView(digest.buffer).setInt32(4 * i, word));
    return digest;
  }

  function hmac(key, text) {
    const secret = new Uint8Array(64);
    secret.set(key.match(/../g).map((pair) => parseInt(pair, 16)));
    const joined = (mask, more) => {
      const whole = new Uint8Array(64 + more.length);
      whole.set(secret.map((byte) => byte ^ mask));
      whole.set(more, 64);
      return whole;
    };
    const digest = sha256(joined(0x5c, sha256(joined(0x36, new TextEncoder().encode(text)))));
    return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // Hands
  form.addEventListener("input", (event) => {
    if (event.target.id !== "file" && event.target.id !== "text") changed();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", (event) => {
    // in a line of text, Enter would press the first button there is
    if (event.key === "Enter" && event.target.matches("input[type=text]")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.go) go(Number(button.dataset.go));
    if (button.dataset.clear) {
      choose(Number(button.dataset.clear), "");
      changed();
      id("note-" + button.dataset.clear).focus();
    }
  });
  id("before").addEventListener("click", () => go(held.place - 1));
  id("after").addEventListener("click", () => go(held.place + 1));
  id("submit").addEventListener("click", () => save("submitted"));
  id("draft").addEventListener("click", () => save("draft"));
  id("file").addEventListener("change", (event) => event.target.files[0] && goOn(event.target.files[0]));
  id("text").addEventListener("focus", (event) => event.target.select());
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
    const value = digit ? digit[1] : { KeyX: "no-evidence", KeyN: "not-assessed" }[event.code];
    if (event.code === "Enter") go(held.place + (event.shiftKey ? -1 : 1));
    else if (value && held.place < last && (!digit || data.levels.includes(value))) {
      choose(held.place, value);
      changed();
    } else return;
    event.preventDefault();
  });
  window.addEventListener("storage", (event) => {
    // the same card in another tab: what is written there is shown here, so that neither overwrites the other
    const found = event.key === PLACE && read();
    if (!found) return;
    held = { ...found, place: held.place };
    fill();
    paint();
  });
  window.addEventListener("beforeunload", (event) => {
    if (held.changed && (storage === null || full)) event.preventDefault();
  });

  for (const name of ["strip", "steps", "handing"]) id(name).hidden = false;
  fill();
  go(held.place, false);
})();
