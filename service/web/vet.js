// The page that checks an advert: answers in place, copies, and links that carry their text.
// Such a text stands after the #, which browsers keep to themselves, and leaves the address as soon
// as it is read.
import { answerInPlace, copy, tell } from "./answer.js";

const MOST_IN_LINK = 4000; // characters of an address that mail and chat programs leave whole
const CARRIED = "#text=";

prepare(document.querySelector("main"));
addEventListener("hashchange", takeFromAddress);
takeFromAddress();

function prepare(main) {
  const form = main.querySelector("#vet");
  if (!form) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await check(form);
  });
  main.querySelector(".share").hidden = false;
  main.querySelector("#share").addEventListener("click", () => share(form));
  const button = main.querySelector("#copy");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => copy(main.querySelector("#could").textContent, "Copied."));
  }
  main.querySelector(".pasted")?.addEventListener("click", readPart);
}

async function check(form) {
  if (form.elements.text.value.trim() === "")
    return tell(form, "There is no text yet: paste what you want checked.");
  const main = await answerInPlace(form);
  if (main) prepare(main);
}

// The part that was selected is marked among the reasons and read from there on.
function readPart(event) {
  const mark = event.target.closest("a.part");
  if (!mark) return;
  event.preventDefault();
  const part = document.querySelector(mark.getAttribute("href"));
  document.querySelector(".parts .chosen")?.classList.remove("chosen");
  part.classList.add("chosen");
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
  part.scrollIntoView({ block: "center" });
}

function share(form) {
  const carried = encodeURIComponent(form.elements.text.value.trim());
  const link = location.origin + location.pathname + CARRIED + carried;
  if (carried === "") return tell(form, "There is no text yet to make a link of.");
  if (link.length > MOST_IN_LINK)
    return tell(form, `This text is too long for a link: it would take ${link.length} characters, and ` +
      `${MOST_IN_LINK} is what most programs leave whole. Send the text itself.`);
  tell(form, "");
  return copy(link, "Link copied. The text is in it.");
}

function takeFromAddress() {
  if (!location.hash.startsWith(CARRIED)) return;
  const form = document.querySelector("#vet");
  const text = decoded(location.hash.slice(CARRIED.length));
  history.replaceState(null, "", location.pathname);
  if (!form || text === null) return;
  form.elements.text.value = text;
  check(form);
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null; // cut on the way
  }
}
