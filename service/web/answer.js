// A form answered in place: what the server would send as a page is put where the page stands, so
// that nothing is sent twice by going back. Without this file the form does the same as a page.

const UNREACHED = "The answer could not be fetched. Are you offline? Nothing is lost: try again.";
const TOO_LONG = "This is too long to be checked in one piece. Send it in parts.";
const MOST_BYTES = 1_000_000; // of a request, as the server takes it

// Sends the form; resolves to the new <main> in the page, its heading in focus, or to null after
// telling in `.trouble` why there is none.
export async function answerInPlace(form) {
  const body = new URLSearchParams(new FormData(form)).toString();
  tell(form, "");
  if (body.length > MOST_BYTES) return tell(form, TOO_LONG);
  const button = form.querySelector("[type=submit]");
  button.setAttribute("aria-busy", "true");
  try {
    const reply = await fetch(form.action, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "text/html" },
      body,
      cache: "no-store",
    });
    return show(new DOMParser().parseFromString(await reply.text(), "text/html"), form);
  } catch {
    return tell(form, UNREACHED);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function show(page, form) {
  const main = page.querySelector("main");
  if (!main) return tell(form, UNREACHED);
  document.querySelector("main").replaceWith(document.adoptNode(main));
  document.title = page.title;
  const heading = main.querySelector("h1");
  heading?.focus({ preventScroll: true });
  (main.querySelector(".alarm") ?? heading)?.scrollIntoView({ block: "start" });
  return main;
}

export function tell(form, words) {
  const place = form.querySelector(".trouble");
  place.textContent = words;
  place.hidden = words === "";
  return null;
}

// Copies, and says in the page's status that it did.
export async function copy(text, done) {
  const status = document.querySelector("#done");
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = done;
  } catch {
    status.textContent = "Your browser does not let this page copy: mark the words and copy them yourself.";
  }
  status.classList.remove("unseen");
}
