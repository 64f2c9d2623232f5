// The words of an answer. Press a sentence to choose it; press two of its words to choose from one to the other; press a word twice for
// the whole sentence again. Where there is a recording, each sentence has a button that plays from it.

export default function ({ parentElement, data, setTriggerValue }) {
  const el = (name) => parentElement.querySelector(`[data-el="${name}"]`);
  const sound = el("sound"), words = el("words");
  sound.hidden = !data.source;
  if (data.source && sound.getAttribute("src") !== data.source) sound.src = data.source;
  const make = (tag, css, text = "") => Object.assign(document.createElement(tag), { className: css, textContent: text });

  const rests = (start) => data.marks.some(([from, to, number]) => number === null && from <= start && start < to);
  const noted = (start) => data.marks.some(([from, to, number]) => number !== null && from <= start && start < to);
  const numbers = (end) => data.marks.filter(([, to, number]) => number !== null && to === end).map(([, , number]) => number);

  function word([text, start, end], tag, within) {
    const css = [rests(start) ? "evidence" : "", noted(start) ? "noted" : "", within ? "chosen" : ""].filter(Boolean).join(" ");
    const one = make(tag, css, text);
    if (tag === "button") { one.type = "button"; one.setAttribute("aria-pressed", String(within)); }
    return [one, ...numbers(end).map((number) => make("sup", "", String(number)))];
  }

  const choose = (start, end) => { data.chosen = [start, end]; draw(); setTriggerValue("chosen", { start, end }); };
  const inside = ([, start, end]) => data.chosen && data.chosen[0] <= start && end <= data.chosen[1];

  function narrow(sentence, n) { // the word that was pressed, in a sentence that is chosen, or part of which is
    const first = sentence.words.findIndex(inside), last = sentence.words.findLastIndex(inside);
    const whole = [0, sentence.words.length - 1];
    let [from, to] = [n, n];
    if (first === last) [from, to] = first === n ? whole : [Math.min(first, n), Math.max(first, n)];
    choose(sentence.words[from][1], sentence.words[to][2]);
  }

  function draw() {
    const focused = words.contains(parentElement.activeElement ?? document.activeElement);
    words.replaceChildren(...data.sentences.flatMap((sentence, n) => {
      const all = sentence.words, open = all.some(inside);
      const box = make("span", "sentence");
      box.dataset.n = n;
      if (sentence.at !== null) {
        const play = Object.assign(make("button", "play", "▶"), { type: "button", title: "Listen from here" });
        play.setAttribute("aria-label", `Listen from sentence ${n + 1}`);
        play.onclick = () => { sound.currentTime = sentence.at; sound.play(); };
        box.append(play);
      }
      const said = box.appendChild(make("span", "said")); // beside the button that plays it
      if (open) {
        all.forEach((one, at) => {
          const [button, ...after] = word(one, "button", inside(one));
          button.onclick = () => narrow(sentence, at);
          said.append(button, ...after, " ");
        });
      } else {
        const button = Object.assign(make("button", ""), { type: "button", title: "Choose this sentence" });
        button.append(...all.flatMap((one) => [...word(one, "span", false), " "]));
        button.onclick = () => choose(all[0][1], all.at(-1)[2]);
        said.append(button);
      }
      if (sentence.paragraph) box.classList.add("paragraph");
      return [box];
    }));
    if (focused) words.querySelector(".chosen")?.focus();
  }
  draw();
  sound.ontimeupdate = () => {
    const now = data.sentences.findLastIndex(({ at }) => at !== null && at <= sound.currentTime + 0.05);
    words.querySelectorAll(".sentence").forEach((box) => box.classList.toggle("now", Number(box.dataset.n) === now && !sound.paused));
  };
}
