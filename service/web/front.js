// Suggestions while typing. The page is whole without this file.
// The pattern is the list-autocomplete combobox of the ARIA Authoring Practices: focus stays in the
// field, arrow keys move through the list, Enter takes the one marked, Escape closes, Down opens.

const WAIT_MS = 120;
const FEWEST_LETTERS = 2;
const FEWEST_OF_A_PART = 3;
const MOST_KEPT = 200; // answers, for who types on or takes back

const field = document.querySelector("#q");
if (field) suggestFor(field);

function suggestFor(input) {
  const list = makeList(input);
  const status = makeStatus(input);
  let timer = 0;
  let running = null;
  let marked = -1;
  let head = ""; // what stands before the word that the list completes
  const kept = new Map();

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(update, WAIT_MS);
  });
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", close);
  // The field would lose its focus, and the list close, before the click comes.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });

  // The whole question first; where nothing has such a name, its last words.
  async function update() {
    running?.abort();
    const { signal } = (running = new AbortController());
    try {
      for (const [part, split] of splitQuestion(input.value).entries()) {
        if (split.tail.length < (part === 0 ? FEWEST_LETTERS : FEWEST_OF_A_PART)) continue;
        const items = await ask(split.tail, signal);
        if (signal.aborted) return;
        if (items.length > 0) return show(items, split.head);
      }
      close();
      if (input.value.trim() !== "") status.textContent = "No suggestions";
    } catch {
      if (!signal.aborted) close(); // offline, say: the form works all the same
    }
  }

  async function ask(words, signal) {
    if (!kept.has(words)) {
      const reply = await fetch(`/v1/suggest?limit=6&q=${encodeURIComponent(words)}`, { signal });
      if (!reply.ok) return [];
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(words, (await reply.json()).items);
    }
    return kept.get(words);
  }

  function show(items, before) {
    if (document.activeElement !== input) return;
    head = before;
    list.replaceChildren(...items.map(makeOption));
    marked = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = items.length === 1 ? "1 suggestion" : `${items.length} suggestions`;
  }

  function close() {
    clearTimeout(timer);
    running?.abort();
    list.hidden = true;
    marked = -1;
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function onKey(event) {
    if (event.isComposing) return;
    if (list.hidden) {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      return void update();
    }
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") return mark(-1);
    if (event.key === "ArrowDown") mark(marked + 1);
    else if (event.key === "ArrowUp") mark(marked < 0 ? list.children.length - 1 : marked - 1);
    else if (event.key === "Enter" && marked >= 0) take(list.children[marked]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  }

  // Past either end nothing is marked, and Enter asks what was typed.
  function mark(index) {
    list.children[marked]?.setAttribute("aria-selected", "false");
    marked = index >= 0 && index < list.children.length ? index : -1;
    if (marked < 0) return input.removeAttribute("aria-activedescendant");
    const option = list.children[marked];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function take(option) {
    input.value = head + option.dataset.name;
    close();
    input.form.requestSubmit();
  }
}

// What may be being typed, with what stands before it: "nec" of "dry needling for nec"; of "massage
// gun sore" all three words, then the last two, then the last.
function splitQuestion(text) {
  const match = /^(.*\b(?:for|helps?|against|with|my|does)\s+)(.*)$/is.exec(text);
  const [head, tail] = match ? [match[1], match[2]] : ["", text];
  const splits = [{ head, tail: tail.trim() }];
  for (const last of [/^(.*\s)(\S+\s+\S+)$/s, /^(.*\s)(\S+)$/s]) {
    const cut = last.exec(tail.trimEnd());
    if (cut) splits.push({ head: head + cut[1], tail: cut[2] });
  }
  return splits;
}

function makeList(input) {
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  input.parentElement.append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  return list;
}

function makeStatus(input) {
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  input.form.append(status);
  return status;
}

function makeOption(item, index) {
  const option = document.createElement("li");
  option.id = `suggestion-${index}`;
  option.dataset.name = item.name;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.textContent = item.name;
  const kind = document.createElement("small");
  kind.textContent = item.kind === "intervention" ? "treatment" : "complaint";
  // "tennis ball" finds the massage ball: say why it is in the list.
  const also = item.name.toLowerCase().includes(item.matched.toLowerCase()) ? "" : ` (${item.matched})`;
  option.append(`${also} `, kind);
  return option;
}
