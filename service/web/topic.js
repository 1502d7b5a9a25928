// The page of a treatment: the rows of a forest plot speak when pointed at or walked through, a
// verdict moves as studies are ticked off, what is cited or shared is copied, and printing opens
// what is folded. Without this file the pictures stand with their tables and the forms with their
// buttons.

for (const figure of document.querySelectorAll(".plot")) whenNear(figure, () => speak(figure));
for (const form of document.querySelectorAll(".what-if")) form.addEventListener("change", () => suppose(form));
addEventListener("beforeprint", unfold);
offerToShare();
if (location.hash) reveal(location.hash);
addEventListener("hashchange", () => reveal(location.hash));

// ---- the plot ----

function whenNear(element, act) {
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((one) => one.isIntersecting)) return;
    watch.disconnect();
    act();
  }, { rootMargin: "400px" });
  watch.observe(element);
}

// Puts the picture itself in place of its image. Its style comes along as a sheet of the shadow
// root, where it touches nothing else of the page.
async function speak(figure) {
  const image = figure.querySelector("img");
  let svg, style;
  try {
    await image.decode();
    ({ svg, style } = parted(await (await fetch(image.currentSrc)).text()));
  } catch {
    return;
  }
  const rows = [...(svg?.querySelectorAll("g.row") ?? [])].filter((row) => row.querySelector("title"));
  if (rows.length === 0) return;
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheetOf(style)];
  root.append(document.adoptNode(svg));
  name(svg, image.alt);
  figure.querySelector("picture").replaceWith(host);
  for (const row of rows) widen(row, svg);
  walk(rows, figure.querySelector(".row-told"));
}

// The picture without its style, which the page's policy would refuse as an element, and the style.
function parted(text) {
  const style = /<style>([^]*?)<\/style>/.exec(text);
  const bare = style ? text.replace(style[0], "") : text;
  return {
    svg: new DOMParser().parseFromString(bare, "image/svg+xml").querySelector("svg"),
    style: style?.[1] ?? "",
  };
}

function sheetOf(style) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${style}
    svg{display:block;width:100%}
    .whole-row{fill:transparent}
    .row:hover .whole-row{fill:var(--panel);fill-opacity:.5}
    .row:focus{outline:none}
    .row:focus-visible{outline:3px solid var(--focus,#b45309);outline-offset:1px}
    .row:hover .range,.row:focus .range{stroke-width:3}
    @media (prefers-color-scheme:dark){.row:focus-visible{outline-color:#f5b24a}}`);
  return sheet;
}

// A group that can be walked through, where the image was one thing.
function name(svg, alt) {
  svg.setAttribute("role", "group");
  svg.removeAttribute("aria-labelledby");
  svg.setAttribute("aria-label", `${alt} Arrow keys go from row to row.`);
  svg.querySelector(":scope > title")?.remove();
  svg.querySelector(":scope > desc")?.remove();
}

// The whole row can be pointed at, not its marks alone.
function widen(row, svg) {
  const box = row.getBBox();
  const whole = document.createElementNS(svg.namespaceURI, "rect");
  const place = { class: "whole-row", x: 2, y: box.y - 1, width: svg.viewBox.baseVal.width - 4, height: box.height + 2 };
  for (const [key, value] of Object.entries(place)) whole.setAttribute(key, value);
  row.prepend(whole);
}

// One stop for Tab; arrows, Home and End go from row to row.
function walk(rows, told) {
  told.hidden = false;
  told.textContent = "Point at a row, tap it, or go through them with the arrow keys: what it says stands here.";
  rows.forEach((row, index) => {
    const title = row.querySelector("title");
    const sentence = title.textContent;
    title.remove();
    row.setAttribute("role", "img");
    row.setAttribute("aria-label", sentence);
    row.setAttribute("tabindex", index === 0 ? "0" : "-1");
    const tell = () => (told.textContent = sentence);
    row.addEventListener("pointerenter", tell);
    row.addEventListener("click", tell);
    row.addEventListener("focus", tell);
    row.addEventListener("keydown", (event) => {
      const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[event.key];
      if (to === undefined || !rows[to]) return;
      event.preventDefault();
      row.setAttribute("tabindex", "-1");
      rows[to].setAttribute("tabindex", "0");
      rows[to].focus();
    });
  });
}

// ---- what if ----

// The server says it, in the same words as without this file; the address goes along.
async function suppose(form) {
  const place = form.querySelector(".supposed");
  const ticked = new URLSearchParams(new FormData(form));
  const address = new URL(form.action);
  const asked = ticked.has("without");
  address.search = asked ? ticked : "";
  history.replaceState(null, "", asked ? address : address.pathname);
  const brief = form.querySelector(".in-brief") ?? briefBefore(place);
  if (!asked) {
    brief.replaceChildren();
    return place.replaceChildren();
  }
  place.setAttribute("aria-busy", "true");
  try {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    if (String(new URLSearchParams(new FormData(form))) !== String(ticked)) return; // ticked on
    document.querySelector("#supposed")?.removeAttribute("id");
    place.id = "supposed";
    place.replaceChildren(...document.adoptNode(page.querySelector("#supposed")).childNodes);
    brief.replaceChildren(inBrief(ticked.getAll("without").length, place));
  } catch {
    brief.replaceChildren();
    place.textContent = "That could not be fetched. Are you offline? The button below the table tries again.";
  } finally {
    place.removeAttribute("aria-busy");
  }
}

// The table can be longer than the screen: a line that stays in sight says what moved.
function briefBefore(place) {
  const brief = document.createElement("p");
  brief.className = "in-brief";
  brief.setAttribute("role", "status");
  place.before(brief);
  return brief;
}

function inBrief(count, place) {
  const verdict = place.querySelector(".verdict")?.textContent.trim() ?? "not known";
  const certainty = place.querySelector(".certainty")?.textContent.trim() ?? "";
  const line = document.createElement("span");
  line.textContent = `What-if, without ${count === 1 ? "that study" : `those ${count}`}: ${verdict}, ${certainty}. `;
  const link = document.createElement("a");
  link.href = "#supposed";
  link.textContent = "Read it";
  line.append(link);
  return line;
}

// ---- sharing, printing, and what a link points into ----

function offerToShare() {
  const button = document.querySelector("#share");
  if (!button) return;
  const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const status = document.querySelector("#shared");
    try {
      if (navigator.share) return await navigator.share({ title: document.title, url: address });
      await navigator.clipboard.writeText(address);
      status.textContent = "The address is copied.";
    } catch (error) {
      if (error.name !== "AbortError") status.textContent = `Copy this: ${address}`;
    }
  });
}

function unfold() {
  for (const folded of document.querySelectorAll("main details:not([open])")) folded.open = true;
}

function reveal(hash) {
  const target = document.getElementById(hash.slice(1));
  for (let at = target?.parentElement; at; at = at.parentElement) if (at.localName === "details") at.open = true;
  if (target?.closest("details")) target.scrollIntoView();
}
