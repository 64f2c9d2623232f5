// Records 16 kHz mono PCM and sends it in numbered pieces of two seconds. A piece is first written to this browser's own
// database, then sent until the server says it has it, then removed: a reload, a dead server or a lost network cost nothing.
// What is under way lives in the window, not in the component: Streamlit draws components again and again, and after the server was
// restarted it loads this very file anew.

const RATE = 16000, PIECE = RATE * 2, WARN_S = 15, LATE_S = 3;
const LIVE = (globalThis.coachRecordings ??= new Map()); // attempt → recording under way

const WORKLET = `
registerProcessor("coach-capture", class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.step = sampleRate / ${RATE}; this.sum = 0; this.n = 0; this.next = this.step; this.seen = 0;
    this.out = new Float32Array(2048); this.length = 0; this.open = true;
    this.port.onmessage = () => { this.send(); this.open = false; this.port.postMessage(null); };
  }
  send() { if (this.length) this.port.postMessage(this.out.slice(0, this.length)); this.length = 0; }
  process(inputs) {
    const samples = inputs[0][0];
    if (samples && this.open) for (const x of samples) {          // browsers that cannot capture at 16 kHz: mean of each step
      this.sum += x; this.n++; this.seen++;
      if (this.seen >= this.next) {
        this.out[this.length++] = this.sum / this.n; this.sum = 0; this.n = 0; this.next += this.step;
        if (this.length === this.out.length) this.send();
      }
    }
    return this.open;
  }
});`;

// ── pieces kept in this browser until the server has them ─────────────────────────────────────────────────────────

const opened = new Promise((resolve) => {
  try {
    const request = indexedDB.open("coach-recordings", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("pieces", { keyPath: ["attempt", "take", "n"] });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null); // private windows may refuse: then memory alone has to do
  } catch { resolve(null); }
});
async function pieces(mode, work) {
  const db = await opened;
  if (!db) return null;
  return new Promise((resolve) => {
    const request = work(db.transaction("pieces", mode).objectStore("pieces"));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
}
const keep = (piece) => pieces("readwrite", (s) => s.put(piece));
const forget = ({ attempt, take, n }) => pieces("readwrite", (s) => s.delete([attempt, take, n]));
const kept = async (attempt, take) => (await pieces("readonly", (s) => s.getAll(IDBKeyRange.bound([attempt, take, 0], [attempt, take, 1e9])))) || [];

// ── one recording ─────────────────────────────────────────────────────────────────────────────────────────────────

class Recording {
  constructor(data, first, kept_s = data.kept_s) {
    Object.assign(this, { data, n: first, buffer: [], length: 0, waiting: 0, jobs: [], level: 0, peak: 0, silent: 0, trouble: "", done: false, text: "", behind: 0, later: false });
    this.startedWith = kept_s;
    this.samples = 0;
  }
  async start() {
    if (!navigator.mediaDevices) throw Object.assign(new Error(), { name: "InsecureContext" });
    this.stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
    try {
      this.context = new AudioContext({ sampleRate: RATE });
      this.source = this.context.createMediaStreamSource(this.stream);
    } catch { // Firefox will not join a 48 kHz microphone to a 16 kHz context
      this.context = new AudioContext();
      this.source = this.context.createMediaStreamSource(this.stream);
    }
    const url = URL.createObjectURL(new Blob([WORKLET], { type: "text/javascript" }));
    await this.context.audioWorklet.addModule(url);
    URL.revokeObjectURL(url);
    this.node = new AudioWorkletNode(this.context, "coach-capture");
    this.node.port.onmessage = ({ data }) => (data ? this.hear(data) : this.flushed?.());
    this.source.connect(this.node);
    this.stream.getAudioTracks()[0].onended = () => { this.trouble = "The microphone was switched off."; this.finish(); };
    this.hide = () => this.cut(true);
    addEventListener("pagehide", this.hide);
    this.leave = (event) => { event.preventDefault(); };
    addEventListener("beforeunload", this.leave);
    this.place = here();
    this.elsewhere = 0;
    this.ticker = setInterval(() => {
      this.paint?.();
      this.elsewhere = here() === this.place ? 0 : this.elsewhere + 1;
      if (this.elsewhere > 4) this.finish(false); // another page is shown: nobody should be recorded who doesn't see it
      else if (this.seconds >= this.data.limit_s) this.finish();
    }, 200);
  }
  get seconds() { return this.startedWith + this.samples / RATE; }
  hear(samples) {
    this.buffer.push(samples); this.length += samples.length; this.samples += samples.length;
    let square = 0, peak = 0;
    for (const x of samples) { square += x * x; peak = Math.max(peak, Math.abs(x)); }
    this.level = Math.max(0, Math.min(100, 100 + (20 * Math.log10(Math.sqrt(square / samples.length) + 1e-9) + 10) * 2));
    this.peak = Math.max(peak, this.peak * 0.95);
    this.silent = this.level < 8 ? this.silent + samples.length / RATE : 0;
    if (this.length >= PIECE) this.cut(false);
  }
  cut(leaving, last) {
    if (!this.length) return;
    const pcm = new Int16Array(this.length);
    let k = 0;
    for (const part of this.buffer) for (const x of part) pcm[k++] = Math.max(-32768, Math.min(32767, Math.round(x * 32767)));
    this.buffer = []; this.length = 0;
    this.jobs.push(this.send({ attempt: this.data.attempt, take: this.data.take, n: this.n++, pcm: pcm.buffer }, leaving, last));
  }
  async send(piece, leaving, last) {
    this.waiting++;
    if (leaving) { keep(piece); } else { await keep(piece); }
    for (let tries = 0; ; tries++) {
      try {
        const reply = await fetch(`${this.data.url}/takes/${piece.take}/chunks/${piece.n}${last ? "?last" : ""}`, {
          method: "PUT", headers: { "x-coach-token": this.data.token }, body: piece.pcm, keepalive: leaving });
        if (reply.ok) { this.trouble = ""; this.read(await reply.json().catch(() => ({}))); await forget(piece); break; }
        this.trouble = (await reply.json().catch(() => ({}))).problem || `The server answered ${reply.status}.`;
        if (reply.status === 404 || reply.status === 409) break; // stays in this browser, and is sent after a reload
      } catch { this.trouble = "The server does not answer."; }
      await new Promise((f) => setTimeout(f, Math.min(5000, 300 * 2 ** tries)));
    }
    this.waiting--;
  }
  read({ text, behind_s }) { // what is written down so far; answers may overtake each other, and words never get fewer
    this.later = text === undefined; // nobody listens while one speaks: a server does so afterwards, or too many speak at once
    if (this.later) { this.behind = 0; return; }
    this.text = text || this.text;
    this.behind = behind_s;
  }
  async finish(handIn = true) {
    if (this.done) return;
    this.done = true;
    this.brokenOff = !handIn; // the same take may go on, once all of it has been sent
    clearInterval(this.ticker);
    this.paint?.();
    await new Promise((f) => { this.flushed = f; this.node.port.postMessage("flush"); setTimeout(f, 500); });
    this.stream.getTracks().forEach((track) => track.stop());
    this.cut(false, handIn);
    const painter = setInterval(() => this.paint?.(), 300);
    await Promise.all(this.jobs);
    clearInterval(painter);
    removeEventListener("pagehide", this.hide);
    removeEventListener("beforeunload", this.leave);
    await this.context.close();
    this.release?.();
    if (handIn) this.handIn();
    else LIVE.delete(this.data.attempt);
  }
  handIn() { // said until the page goes on: a server that has just died, or a redraw at this very moment, may not have heard it
    remember(this.data, this.n);
    const say = (wait) => { // each time begins the drawing of the page again, so a slow computer is given ever more time
      if (this.box.isConnected) {
        this.telling = setTimeout(say, wait, Math.min(2 * wait, 24000));
        return this.tell("finished", { take: this.data.take, chunks: this.n });
      }
      if (LIVE.get(this.data.attempt) === this) LIVE.delete(this.data.attempt);
    };
    say(3000);
  }
}

// ── the component ─────────────────────────────────────────────────────────────────────────────────────────────────

const here = () => ["attempt", "try"].reduce((place, name) => place + (new URLSearchParams(location.search).get(name) || ""), location.pathname);

// That a take was finished outlives a reload, if the server has not heard it yet.
const finished = ({ attempt, take }) => `coach-finished-${attempt}-${take}`;
const remember = (data, chunks) => { try { sessionStorage.setItem(finished(data), chunks); } catch { /* private window */ } };
const remembered = (data) => { try { return sessionStorage.getItem(finished(data)); } catch { return null; } };

// One tab at a time: resolves to a function that gives the lock back, or to null where another tab records this answer.
const lock = (attempt) => new Promise((resolve) => {
  if (!navigator.locks) return resolve(() => {});
  navigator.locks.request(`coach-${attempt}`, { ifAvailable: true }, (held) => (held ? new Promise((release) => resolve(release)) : resolve(null)));
});

const clock = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;
const PROBLEMS = {
  NotAllowedError: "The browser was not allowed to use the microphone. Allow it in the address bar, then try again.",
  NotFoundError: "No microphone was found. Plug one in, or type your answer instead.",
  NotReadableError: "Another program is using the microphone. Close it, then try again.",
  InsecureContext: "Browsers record only on a secure page. Open this page over https, or on this computer as http://127.0.0.1 or http://localhost.",
};

export default function ({ parentElement, data, setTriggerValue }) {
  const el = (name) => parentElement.querySelector(`[data-el="${name}"]`);
  const box = parentElement.querySelector(".recorder");
  let live = LIVE.get(data.attempt);
  if (live && live.data.take !== data.take) live = undefined;
  const before = live?.brokenOff ? live : null; // it stays in the window until its last piece has been sent
  if (before) live = undefined;
  const adopt = (recording) => { recording.paint = paint; recording.box = box; recording.tell = (name, value) => setTriggerValue(name, value); };

  function paint() {
    const now = LIVE.get(data.attempt);
    const seconds = now ? now.seconds : kept_s(), left = data.limit_s - seconds;
    box.classList.toggle("recording", Boolean(now && !now.done));
    box.classList.toggle("ending", Boolean(now && left <= WARN_S));
    el("main").textContent = now ? (now.done ? "Saving …" : "Finish answer") : kept_s() ? "Continue recording" : "Start recording";
    el("main").disabled = Boolean(now?.done);
    el("elapsed").textContent = clock(seconds);
    el("limit").textContent = `of ${clock(data.limit_s)}`;
    el("fill").style.width = `${Math.min(100, (100 * seconds) / data.limit_s)}%`;
    el("level").style.width = `${now && !now.done ? now.level : 0}%`;
    el("meter").setAttribute("aria-valuenow", Math.round(now?.level || 0));
    paintWords(now);
    el("use").hidden = el("again").hidden = Boolean(now) || !kept_s();
    if (!now) { el("hint").textContent = kept_s() ? "" : "Speak as you would to an interviewer."; return; }
    el("hint").textContent = now.done ? "" : now.peak > 0.98 ? "Too loud: move back a little." : now.silent > 4 ? "We hear nothing. Is the right microphone on?" : left <= WARN_S ? `${Math.max(0, Math.ceil(left))} seconds left` : "";
    const safe = Math.max(0, seconds - now.length / RATE);
    const status = now.trouble ? `${now.trouble} Your recording is kept in this browser and sent as soon as possible.` : now.waiting > 2 || now.done ? "Saving …" : safe < 10 ? "Recording. Every two seconds are kept as you speak." : `Recording. ${Math.floor(safe / 10) * 10} seconds are safe.`;
    if (el("status").textContent !== status) el("status").textContent = status;
  }

  // The words while one speaks: some are helped by them, some thrown off, so each browser remembers what its owner likes.
  const choice = "coach-live-words";
  const wanted = () => { try { return (localStorage.getItem(choice) ?? (data.words ? "shown" : "hidden")) === "shown"; } catch { return data.words; } };
  function paintWords(now) {
    el("live").hidden = !now;
    if (!now) return;
    const shown = wanted();
    el("words").textContent = shown ? "Hide the words" : "Show the words as I speak";
    el("words").setAttribute("aria-pressed", shown);
    el("lag").textContent = !shown ? "" : now.behind >= LATE_S ? `Catching up, ${Math.round(now.behind)} s behind` : now.later ? "Your words come once you have finished." : now.text ? "" : "Your words appear here sentence by sentence.";
    const text = shown ? now.text : "";
    if (el("text").textContent !== text) el("text").textContent = text;
  }
  el("words").onclick = () => {
    try { localStorage.setItem(choice, wanted() ? "hidden" : "shown"); } catch { data.words = !data.words; }
    paint();
  };

  const kept_s = () => before?.seconds ?? data.kept_s;

  async function leftovers() {
    while (before && LIVE.get(data.attempt) === before) await new Promise((f) => setTimeout(f, 100));
    if (before) paint();
    const first = Math.max(data.first, before?.n ?? 0), pieces = await kept(data.attempt, data.take);
    if (!pieces.length || LIVE.has(data.attempt)) return first;
    el("status").textContent = "Sending what this browser had kept …";
    const courier = new Recording(data, 0);
    await Promise.all(pieces.map((piece) => courier.send(piece, false)));
    el("status").textContent = courier.trouble || "";
    return Math.max(first, ...pieces.map((piece) => piece.n + 1));
  }
  const ready = live ? null : leftovers();

  el("main").onclick = async () => {
    live = LIVE.get(data.attempt);
    if (live) return live.finish();
    el("main").disabled = true;
    el("status").textContent = "";
    const release = await lock(data.attempt);
    if (!release) {
      el("status").textContent = "This answer is being recorded in another tab. Go on there, or close that tab first.";
      el("main").disabled = false;
      return;
    }
    const recording = new Recording(data, await ready, kept_s());
    recording.release = release;
    adopt(recording);
    try {
      await recording.start();
      LIVE.set(data.attempt, recording);
    } catch (error) {
      recording.stream?.getTracks().forEach((track) => track.stop());
      release();
      el("status").textContent = PROBLEMS[error.name] || `The microphone cannot be used (${error.name}). Type your answer, or upload a recording.`;
    }
    el("main").disabled = false;
    paint();
  };
  el("use").onclick = async () => setTriggerValue("finished", { take: data.take, chunks: await ready });
  el("again").onclick = () => setTriggerValue("again", { take: data.take });
  if (live) adopt(live);
  paint();
  const chunks = live ? null : remembered(data);
  if (chunks !== null) ready.then(() => setTriggerValue("finished", { take: data.take, chunks: Number(chunks) }));
  else if (data.autostart && box.dataset.tried !== String(data.take)) { // once: a refused microphone is not asked for again and again
    box.dataset.tried = data.take;
    begin();
  }
  async function begin() {
    for (let other; (other = LIVE.get(data.attempt)) && other.data.take !== data.take; ) { // an earlier take may still be sending
      if (other.telling) LIVE.delete(data.attempt); // heard: otherwise there would be no other take
      else other.finish(false);
      await new Promise((f) => setTimeout(f, 100));
    }
    await ready;
    if (!LIVE.has(data.attempt)) el("main").click();
    el("main").focus();
  }
}
