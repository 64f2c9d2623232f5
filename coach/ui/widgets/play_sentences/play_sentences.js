// Sentences as buttons: press one, and the recording plays from there. The one that is heard is marked.

export default function ({ parentElement, data }) {
  const el = (name) => parentElement.querySelector(`[data-el="${name}"]`);
  const sound = el("sound"), words = el("words");
  if (sound.getAttribute("data-of") === data.label && words.childElementCount === data.sentences.length) return;
  sound.setAttribute("data-of", data.label);
  sound.setAttribute("aria-label", data.label);
  sound.src = data.source;
  const buttons = data.sentences.map(([text, at]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.title = "Listen from here";
    button.onclick = () => { sound.currentTime = at; sound.play(); };
    return button;
  });
  words.replaceChildren(...buttons.flatMap((button) => [button, " "]));
  sound.ontimeupdate = () => {
    const now = data.sentences.findLastIndex(([, at]) => at <= sound.currentTime + 0.05);
    buttons.forEach((button, n) => button.setAttribute("aria-current", String(n === now && !sound.paused)));
  };
}
