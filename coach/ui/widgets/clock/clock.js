// Counts down to a deadline that stands in the store; this is only its picture. Every two seconds it tells the server that somebody is
// there and learns whether something has moved. After a sleep it asks before it says so: the server then gives back the time that was lost.

const TICK_MS = 200, SIGN_MS = 2000, RAREST_MS = 16000, AWAY_MS = 6000, WARN_S = 15, DEAF_SIGNS = 4;

const minutes = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;

export default function ({ parentElement, data, setTriggerValue }) {
  parentElement.coachStop?.(); // drawn again: the former self counts no longer
  const el = (name) => parentElement.querySelector(`[data-el="${name}"]`);
  const box = el("box"), url = data.url; // none: a clock that nobody waits for
  const end = data.left_s === null ? null : Date.now() + 1000 * data.left_s;
  let last = Date.now(), signed = 0, asked = 0, wait = SIGN_MS, slept = false, lost = false, back = 0;

  const recordings = () => [...(globalThis.coachRecordings?.values() ?? [])];
  const isAsked = (one) => `${one.data.attempt}/${one.data.take}` === data.recording;
  for (const one of recordings())
    if (!isAsked(one)) one.finish(false); // nobody is recorded who is not being asked

  const look = () => { // until the page is drawn anew: the server may be away just now, or slow, and each look begins the drawing again
    if (Date.now() - asked < wait) return;
    if (asked) wait = Math.min(2 * wait, RAREST_MS);
    asked = Date.now();
    setTriggerValue("moved", { step: data.step, asked });
  };
  async function sign(leaving) {
    signed = Date.now();
    if (!url) return;
    try {
      const reply = await fetch(url, { method: "PUT", headers: { "x-coach-token": data.token }, keepalive: leaving });
      if (!reply.ok || leaving) return;
      const { step, rated } = await reply.json();
      if (step !== data.step || rated !== data.rated) look();
      if (lost && ++back >= DEAF_SIGNS && !recording()) location.reload(); // the server is back, and this page may not know for a minute
    } catch { lost = true; back = 0; }
  }
  const sending = () => recordings().some((one) => isAsked(one) && one.done && one.waiting);
  const recording = () => recordings().some((one) => !one.done);
  function paint(left) {
    box.hidden = !data.shown;
    el("label").textContent = data.label;
    el("left").textContent = left === null ? "" : minutes(Math.ceil(left));
    el("fill").style.width = left === null ? "0" : `${Math.min(100, (100 * left) / data.total_s)}%`;
    const ending = left !== null && !data.stands && left <= Math.min(WARN_S, data.total_s / 3);
    box.classList.toggle("ending", ending);
    const warning = data.stands ? "Paused. The clock stands still." : ending && data.total_s > WARN_S ? (left === 0 && data.over) || "The time is nearly over." : "";
    if (el("warning").textContent !== warning) el("warning").textContent = warning;
  }
  function tick() {
    const now = Date.now();
    if (now - last > AWAY_MS) slept = true; // this computer was asleep
    last = now;
    const left = end === null ? null : data.stands ? data.left_s : Math.max(0, (end - now) / 1000);
    paint(left);
    const over = left !== null && !data.stands && now > end + 1000 * data.grace_s;
    if (url && (slept || (over && !sending()))) return look(); // what is still on its way is waited for
    if (now - signed >= SIGN_MS) sign(false);
  }

  const reading = `${data.interview}/${data.step}`;
  if (globalThis.coachReading !== reading) {
    globalThis.speechSynthesis?.cancel();
    globalThis.coachReading = reading;
    if (data.speak && globalThis.speechSynthesis) {
      const words = new SpeechSynthesisUtterance(data.speak);
      words.lang = "en-US";
      words.onend = () => globalThis.coachReading === reading && setTriggerValue("read", { step: data.step });
      globalThis.speechSynthesis.speak(words); // without a voice nothing ends: then the deadline does
    }
  }

  const leave = () => { if (!slept) sign(true); };
  addEventListener("pagehide", leave);
  const timer = setInterval(tick, TICK_MS);
  tick();
  parentElement.coachStop = () => { clearInterval(timer); removeEventListener("pagehide", leave); };
  return parentElement.coachStop;
}
