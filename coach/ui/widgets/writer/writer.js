// A text field whose words are kept while one types: sent to the server half a second after the last key, and held in this
// browser until the server has them.

const NAMES = { leak: "Could identify a client.", warn: "Look again.", note: "Hint.", good: "Found." };
const WAIT_MS = 500, WORDS_PER_MINUTE = 140; // a usual pace of speech, to say how long a typed answer would take

export default function ({ parentElement, data, setTriggerValue }) {
  const el = (name) => parentElement.querySelector(`[data-el="${name}"]`);
  const text = el("text"), store = `coach-draft-${data.url}`;
  el("label").textContent = data.label;
  el("submit").textContent = data.submit;
  el("submit").hidden = !data.submit; // notes are kept and never handed in
  el("count").hidden = !data.submit || data.remark;
  text.placeholder = data.placeholder;
  text.rows = data.rows;
  el("hints").hidden = !data.hints;

  const unsent = () => { try { return localStorage.getItem(store); } catch { return null; } };
  const hold = (value) => { try { value === null ? localStorage.removeItem(store) : localStorage.setItem(store, value); } catch { /* private window */ } };

  const fresh = text.dataset.attempt !== data.attempt + data.revision;
  if (fresh) { // a redraw must not take away what is being typed
    text.dataset.attempt = data.attempt + data.revision;
    text.value = unsent() ?? data.text;
  }
  const count = () => {
    const words = (text.value.match(/\S+/g) || []).length, seconds = Math.round((words / WORDS_PER_MINUTE) * 60);
    el("count").textContent = `${words} words, about ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} spoken`;
    el("submit").disabled = words === 0;
  };
  let timer, tries = 0;
  async function save(leaving) {
    clearTimeout(timer);
    const value = text.value;
    try {
      const reply = await fetch(data.url, { method: "PUT", headers: { "x-coach-token": data.token }, body: value, keepalive: leaving });
      if (reply.ok) {
        tries = 0;
        if (text.value === value) { hold(null); el("status").textContent = data.submit || data.hints ? "Draft saved" : "Kept"; if (!leaving) look(); }
        return true;
      }
      el("status").textContent = (await reply.json().catch(() => ({}))).problem || `Not saved yet: the server answered ${reply.status}.`;
      if (reply.status === 404 || reply.status === 409) return false;
    } catch { el("status").textContent = "Not saved yet: the server does not answer. Your words are kept in this browser."; }
    timer = setTimeout(save, Math.min(8000, 1000 * 2 ** tries++));
    return false;
  }
  let asked = 0;
  async function look() { // what the checks make of what is saved; a later question makes an earlier answer worthless
    if (!data.hints) return;
    const mine = ++asked;
    try {
      const reply = await fetch(data.hints, { headers: { "x-coach-token": data.token } });
      if (reply.ok && mine === asked) el("hints").replaceChildren(...(await reply.json()).hints.map(hint));
    } catch { /* hints can wait; the words are saved */ }
  }
  function hint(one) {
    const make = (tag, words) => Object.assign(document.createElement(tag), { textContent: words });
    const item = Object.assign(document.createElement("li"), { className: one.severity });
    item.append(make("b", NAMES[one.severity]), make("span", one.text));
    if (one.quote) item.append(make("q", one.quote));
    if (one.instead) {
      const button = Object.assign(make("button", `Say “${one.instead}” instead`), { type: "button" });
      button.onclick = () => { text.value = text.value.replace(one.quote, () => one.instead); text.oninput(); text.focus(); };
      item.append(button);
    }
    return item;
  }
  text.oninput = () => { count(); hold(text.value); el("status").textContent = "Saving …"; clearTimeout(timer); timer = setTimeout(save, WAIT_MS); };
  text.onblur = () => { if (unsent() !== null) save(false); };
  const leave = () => { if (unsent() !== null) save(true); };
  addEventListener("pagehide", leave);
  el("submit").onclick = async () => {
    el("submit").disabled = true;
    clearTimeout(timer);
    hold(text.value);
    await save(false);
    clearTimeout(timer);
    setTriggerValue("handed_in", { text: text.value });
    el("submit").disabled = false;
  };
  if (data.at_once) {
    el("submit").title = "Ctrl+Enter";
    text.onkeydown = (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); el("submit").click(); } };
    if (fresh) text.focus();
  }
  count();
  if (fresh && unsent() !== null) save(false);
  else if (fresh && text.value) look();
  return () => { removeEventListener("pagehide", leave); clearTimeout(timer); };
}
