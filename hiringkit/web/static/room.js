// Saves a form a second after its writer has paused, keeps what could not be sent, and chooses levels by Alt and a digit.
// Pages work without it: it sends the same forms.
"use strict";
(() => {
  const PAUSE = 1000, RETRY = 3000;
  const sign = document.getElementById("saved");
  const unsaved = new Set();

  const tell = (words, not) => {
    if (!sign) return;
    sign.textContent = words;
    sign.classList.toggle("not", Boolean(not));
  };

  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const notice = form.querySelector("[data-notice]");
    let timer = 0, sending = null, pending = null, onward = null, stopped = false;

    const read = () => new URLSearchParams(new FormData(form)).toString();
    let sent = read();

    const show = (words, both) => {
      notice.hidden = !words;
      notice.textContent = words;
      if (!both) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = form.dataset.both;
      button.addEventListener("click", () => { unsaved.delete(form); form.submit(); });
      notice.append(button);
    };

    const send = async () => {
      clearTimeout(timer);
      if (sending || stopped) return;
      // what was sent and not answered is sent again as it was, for it may have been saved
      const body = pending ?? read();
      const leaving = onward;
      if (body === sent && !leaving) { unsaved.delete(form); return; }
      pending = body;
      unsaved.add(form);
      tell(form.dataset.saving, true);
      sending = fetch(form.action, {
        method: "POST",
        headers: { "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded" },
        body: body + "&go=" + (leaving ?? "stay"),
      });
      try {
        const answer = await sending;
        const said = await answer.json();
        pending = null;
        if (!answer.ok) {
          stopped = answer.status !== 503;
          onward = null;
          show(said.message, said.conflict);
          if (!stopped) timer = setTimeout(send, RETRY);
          return;
        }
        const changed = read() !== body;
        form.elements.version.value = said.version;
        if (!changed) { sent = read(); unsaved.delete(form); }
        show("");
        tell(changed ? form.dataset.saving : said.saved, changed);
        const undo = document.querySelector("form[data-undo]");
        if (undo && said.undo) undo.hidden = false;
        if (leaving && !changed && said.next) { location.assign(said.next); return; }
        // who went on while an autosave was under way goes on now
        if (changed || (onward && !leaving)) timer = setTimeout(send, 0);
      } catch {
        show(form.dataset.lost);
        timer = setTimeout(send, RETRY);
      } finally {
        sending = null;
      }
    };

    const changed = () => {
      if (read() === sent) return;
      unsaved.add(form);
      stopped = false;
      tell(form.dataset.saving, true);
      if (pending) return;
      clearTimeout(timer);
      timer = setTimeout(send, PAUSE);
    };

    form.addEventListener("input", changed);
    form.addEventListener("submit", event => {
      event.preventDefault();
      onward = event.submitter?.value || "stay";
      stopped = false;
      send();
    });
    window.addEventListener("online", send);
  }

  document.querySelector("form[data-undo]")?.addEventListener("submit", event => {
    if (unsaved.size) event.preventDefault();
  });

  window.addEventListener("beforeunload", event => { if (unsaved.size) event.preventDefault(); });

  document.addEventListener("keydown", event => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    const choice = digit && document.querySelectorAll(".levels > .choice input")[digit[1] - 1];
    if (!choice) return;
    event.preventDefault();
    choice.checked = true;
    choice.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
