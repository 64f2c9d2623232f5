// Records four seconds into memory, measures them, and plays them back.

const SECONDS = 4, SILENT_DB = -55, QUIET_DB = -38, CLIPS = 0.985, CLIPPED_SHARE = 0.001;
const STEADY_DB = 3, HEARD_DB = 25; // from one moment to the next a voice changes by about 10 dB, a fan or a hum by 0.2 to 2; quieter moments don't count

const PROBLEMS = {
  Insecure: "Browsers record only on a secure page. Open this page over https, or on this computer as http://127.0.0.1 or http://localhost.",
  NotAllowedError: "The browser was not allowed to use the microphone. Press the lock or microphone sign in the address bar, allow it, and check again.",
  NotFoundError: "No microphone was found. Plug one in and check again, or choose to answer by keyboard.",
  NotReadableError: "Another program is using the microphone. Close it, then check again.",
};

// levels: dB of full scale, one for each moment; clipped: share of samples at full scale. Begins "The microphone works" if it does.
export function verdict(levels, clipped) {
  const loudest = Math.max(-100, ...levels);
  if (loudest < SILENT_DB) return "We heard nothing: this microphone is silent. Is it muted, or is another one chosen in the system's sound settings?";
  const steps = levels.slice(1).flatMap((db, n) => (Math.max(db, levels[n]) > loudest - HEARD_DB ? [Math.abs(db - levels[n])] : []));
  if (steps.sort((a, b) => a - b)[steps.length >> 1] < STEADY_DB) return "We heard a steady noise and no voice. Say a sentence while we listen. If you did, go where it is quieter, or use a headset.";
  if (clipped > CLIPPED_SHARE) return "Too loud: the sound is cut off at its peaks. Move back a little or turn the microphone down.";
  if (loudest < QUIET_DB) return "We heard you, but quietly. Come closer or turn the microphone up.";
  return "The microphone works. Listen to yourself below.";
}

export default function ({ parentElement, setTriggerValue }) {
  const el = (name) => parentElement.querySelector(`[data-el="${name}"]`);
  const say = (words, well = false) => { el("status").textContent = words; el("status").classList.toggle("well", well); };

  el("go").onclick = async () => {
    el("go").disabled = true;
    let stream;
    try {
      if (!navigator.mediaDevices) throw Object.assign(new Error(), { name: "Insecure" });
      el("device").textContent = "";
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      el("device").textContent = `Microphone: ${stream.getAudioTracks()[0].label || "the system's own choice"}`;
      say("Speak now …");
      await listen(stream);
    } catch (error) {
      say(PROBLEMS[error.name] || `The microphone cannot be used (${error.name}). You can answer by keyboard.`);
    }
    stream?.getTracks().forEach((track) => track.stop());
    el("level").style.width = "0";
    el("go").disabled = false;
  };

  async function listen(stream) {
    const context = new AudioContext(), analyser = context.createAnalyser(), samples = new Float32Array(analyser.fftSize);
    context.createMediaStreamSource(stream).connect(analyser);
    const pieces = [], recorder = new MediaRecorder(stream);
    recorder.ondataavailable = ({ data }) => pieces.push(data);
    const stopped = new Promise((resolve) => { recorder.onstop = resolve; });
    recorder.start();
    const levels = [];
    let clipped = 0, seen = 0;
    const meter = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      let square = 0;
      for (const x of samples) { square += x * x; clipped += Math.abs(x) >= CLIPS; }
      seen += samples.length;
      const db = 10 * Math.log10(square / samples.length + 1e-10);
      levels.push(db);
      const percent = Math.max(0, Math.min(100, (db + 60) * 2));
      el("level").style.width = `${percent}%`;
      el("meter").setAttribute("aria-valuenow", Math.round(percent));
    }, 50);
    await new Promise((resolve) => setTimeout(resolve, 1000 * SECONDS));
    clearInterval(meter);
    recorder.stop();
    await stopped;
    await context.close();
    if (el("sound").src) URL.revokeObjectURL(el("sound").src);
    el("sound").src = URL.createObjectURL(new Blob(pieces, { type: recorder.mimeType }));
    el("sound").hidden = false;
    const words = verdict(levels, clipped / Math.max(1, seen)), works = words.startsWith("The microphone works");
    say(words, works);
    if (works) setTriggerValue("works", true);
  }
}
