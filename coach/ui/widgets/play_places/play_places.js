// A recording with places to listen to: unsure words in the transcript, and measures with a button at each place.
// Everything a user said is put in as text, never as HTML.

const BEFORE_S = 1, AFTER_S = 1.5; // what is heard around a place

const clock = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;
function element(name, css, text) {
  const one = document.createElement(name);
  if (css) one.className = css;
  if (text !== undefined) one.textContent = text;
  return one;
}

export default function ({ parentElement, data }) {
  const el = (name) => parentElement.querySelector(`[data-el="${name}"]`);
  const audio = el("audio");
  let stopAt = Infinity;
  audio.ontimeupdate = () => { if (audio.currentTime >= stopAt) { stopAt = Infinity; audio.pause(); } };
  function play({ start, end }) {
    audio.currentTime = Math.max(0, start - BEFORE_S);
    stopAt = end + AFTER_S;
    audio.play();
  }
  function button(css, text, place, label) {
    const one = element("button", css, text);
    one.type = "button";
    one.setAttribute("aria-label", label);
    one.onclick = () => play(place);
    return one;
  }

  el("label").textContent = data.label;
  audio.hidden = el("label").hidden = !data.source; // the recording may be deleted; what was measured stays
  if (data.source && audio.getAttribute("src") !== data.source) { audio.src = data.source; audio.setAttribute("aria-label", data.label); }

  el("words").replaceChildren();
  if (data.words.some((word) => word.unsure)) {
    el("words").append(element("p", "", "Marked words were hard to make out. Press one to hear it, and correct it below if it is wrong."));
    for (const word of data.words) {
      const heard = `Hear “${word.text}” at ${clock(word.start)}`;
      el("words").append(word.unsure && data.source ? button("unsure", word.text, word, heard) : element(word.unsure ? "mark" : "span", word.unsure ? "unsure" : "", word.text), " ");
    }
  }

  el("rows").replaceChildren();
  for (const row of data.rows) {
    const said = element("dd");
    said.append(element("div", "figure", row.figure));
    if (row.means) said.append(element("p", "", row.means));
    said.append(element("p", "usual", `Usual: ${row.usual}`));
    if (data.source && row.places.length) {
      const places = element("div", "places");
      for (const place of row.places) {
        const words = place.words ? ` ${place.words}` : ` ${(place.end - place.start).toFixed(1)} s`;
        places.append(button("place", `${clock(place.start)}${words}`, place, `${row.name}: hear it at ${clock(place.start)},${words}`));
      }
      said.append(places);
    }
    el("rows").append(element("dt", "", row.name), said);
  }
}
