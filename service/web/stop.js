// The diary: answers in place, more rows, and keeping it on this device where that was asked for.
// What is kept stands in this browser alone, under one name, and goes with one tap.
import { answerInPlace } from "./answer.js";

const KEPT_AS = "touchstone-diary";

prepare(document.querySelector("main"));
restore();
startToday();

function prepare(main) {
  const form = main.querySelector("#diary");
  if (!form) return;
  const on = (selector, event, act) => form.querySelector(selector).addEventListener(event, act);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await answerInPlace(form);
    if (answer) prepare(answer);
  });
  form.addEventListener("input", () => keepIfAsked(form));
  form.querySelector(".keeping").hidden = false;
  form.querySelector("#more").hidden = false;
  form.querySelector("#keep").checked = stored() !== null;
  on("#keep", "change", (event) => (event.target.checked ? keep(form) : forget()));
  on("#more", "click", () => addRow(form).querySelector("input").focus());
  on("#download", "click", () => download(form));
  on("#delete", "click", () => clear(form));
}

// ---- rows ----

function addRow(form) {
  const rows = form.querySelectorAll(".day");
  const row = rows[rows.length - 1].cloneNode(true);
  row.querySelector("label").firstChild.data = `Day ${rows.length + 1} `;
  row.querySelector("input").value = "";
  row.querySelector("select").value = "";
  rows[rows.length - 1].after(row);
  return row;
}

// ---- keeping ----

function stored() {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null; // this browser keeps nothing
  }
}

function filled(form) {
  return [...new FormData(form)].filter(([name, value]) => value !== "" || name === "day" || name === "score");
}

function keep(form) {
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(filled(form)));
    say("Kept on this device.");
  } catch {
    form.querySelector("#keep").checked = false;
    say("This browser keeps nothing for this page. Download the diary instead.");
  }
}

function keepIfAsked(form) {
  if (form.querySelector("#keep").checked) keep(form);
}

function forget() {
  try {
    localStorage.removeItem(KEPT_AS);
  } catch {
    // nothing was kept
  }
  say("Nothing is kept on this device.");
}

function restore() {
  const form = document.querySelector("#diary");
  const kept = stored();
  if (!form || kept === null || document.querySelector(".answer")) return;
  try {
    fill(form, JSON.parse(kept));
  } catch {
    forget(); // not ours, or of another time
  }
}

function fill(form, fields) {
  const taken = {};
  for (const [name, value] of fields) {
    if (typeof value !== "string") continue; // not ours
    const index = (taken[name] = (taken[name] ?? -1) + 1);
    const boxes = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
    if (["radio", "checkbox"].includes(boxes[0]?.type)) {
      for (const box of boxes) if (box.value === value) box.checked = true;
    } else if (boxes[index]) {
      boxes[index].value = value;
    } else if (name === "day") {
      addRow(form).querySelector("input").value = value;
    }
  }
}

// "Now" is of the day on this side of the world. A score that was kept of an earlier day becomes one
// of the further days.
function startToday() {
  const form = document.querySelector("#diary");
  if (!form || document.querySelector(".answer")) return;
  const { today } = form.elements;
  const date = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  const chosen = form.querySelector("[name=now]:checked");
  if (chosen && today.value !== "" && today.value < date) {
    const row = [...form.querySelectorAll(".day")].find((one) => one.querySelector("input").value === "") ?? addRow(form);
    row.querySelector("input").value = today.value;
    row.querySelector("select").value = chosen.value;
    chosen.checked = false;
    keepIfAsked(form);
  }
  if (!form.querySelector("[name=now]:checked")) today.value = date;
}

function clear(form) {
  forget();
  for (const box of form.elements) {
    if (["radio", "checkbox"].includes(box.type)) box.checked = false;
    else if (box.name && box.name !== "today") box.value = "";
  }
  say("All of it is deleted here. We never had it.");
  form.querySelector("[name=sign]").focus();
}

// ---- taking it away ----

// The same as POST /v1/stop takes.
function diaryOf(form) {
  const data = new FormData(form);
  const one = (name) => data.get(name) || undefined;
  const all = (name) => data.getAll(name).filter((value) => value !== "");
  const days = data.getAll("day");
  const entries = [[one("started"), one("before")], [one("today"), one("now")]]
    .concat(data.getAll("score").map((score, i) => [days[i], score]))
    .filter(([day, score]) => day && score)
    .map(([day, score]) => ({ day, score: Number(score) }));
  const ticked = [...form.querySelectorAll("[name=sign]:checked")].map((box) => box.parentElement.innerText.trim());
  return {
    intervention: one("intervention"), condition: one("condition"), scale: "0-10", started: one("started"),
    diary: entries, sessions: all("session"), symptoms: ticked.concat(all("symptoms")),
    adverse_events: all("adverse_events"), medicines: all("medicines"),
  };
}

function download(form) {
  const blob = new Blob([JSON.stringify(diaryOf(form), null, 2) + "\n"], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = "diary.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  say("Downloaded as diary.json.");
}

function say(words) {
  const place = document.querySelector("#done");
  place.textContent = words;
  place.classList.remove("unseen");
}
