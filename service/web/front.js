// Suggestions while typing. The page is whole without this file.
// The pattern is the list-autocomplete combobox of the ARIA Authoring Practices: focus stays in the
// field, arrow keys move through the list, Enter takes the one marked, Escape closes.

const WAIT_MS = 120;
const FEWEST_LETTERS = 2;

const field = document.querySelector("#q");
if (field) suggestFor(field);

function suggestFor(input) {
  const list = makeList(input);
  const status = makeStatus(input);
  let timer = 0;
  let running = null;
  let marked = -1;

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

  async function update() {
    running?.abort();
    const { tail } = splitQuestion(input.value);
    if (tail.length < FEWEST_LETTERS) return close();
    running = new AbortController();
    try {
      const reply = await fetch(`/v1/suggest?limit=6&q=${encodeURIComponent(tail)}`, {
        signal: running.signal,
      });
      if (reply.ok) show((await reply.json()).items);
    } catch {
      close(); // typed on, or offline: the form works all the same
    }
  }

  function show(items) {
    if (document.activeElement !== input) return;
    list.replaceChildren(...items.map(makeOption));
    marked = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
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
    if (list.hidden || event.isComposing) return;
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
    input.value = splitQuestion(input.value).head + option.dataset.name;
    close();
    input.form.requestSubmit();
  }
}

// "dry needling for nec": what stands already, and what is being typed.
function splitQuestion(text) {
  const match = /^(.*\b(?:for|helps?|against|with|my|does)\s+)(.*)$/is.exec(text);
  const [head, tail] = match ? [match[1], match[2]] : ["", text];
  return { head, tail: tail.trim() };
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
