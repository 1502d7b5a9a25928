// Every page there is, for tests and benches that walk them all. A page that stands in the sitemap
// or is linked from the head or foot of the front page joins by itself; what nobody links to, an
// answer to a question or a refusal, is listed here.

const UNLINKED = [
  "/?q=acupuncture for long-lasting low back pain",
  "/?q=headache",
  "/?q=moon crystals for neck pain",
  "/?q=asdf qwer",
  "/embed/dry-needling/neck-mtrp",
  "/embed/claim/tens.blocks-pain-signals",
  "/t/moon-crystals",
];

// "/t/*/*" of "/t/tens/neck-pain": addresses of one shape are made by the same code.
const shapeOf = (path) => {
  const [, first, ...rest] = path.split("/");
  return [`/${first}`, ...rest.map(() => "*")].join("/");
};

async function inSitemap(url) {
  const map = await (await fetch(`${url}/sitemap.xml`)).text();
  return [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address.replaceAll("&amp;", "&")).pathname);
}

async function linkedFrom(url) {
  const html = await (await fetch(url)).text();
  const places = [...html.matchAll(/<(header|footer|nav)\b.*?<\/\1>/gs)].map(([part]) => part).join("");
  const links = new Set([...places.matchAll(/<a href="(\/[^"#]*)/g)].map(([, path]) => path.replaceAll("&amp;", "&")));
  const answers = await Promise.all([...links].map(async (path) => [path, (await fetch(url + path)).headers.get("content-type")]));
  return answers.filter(([, type]) => type?.startsWith("text/html")).map(([path]) => path);
}

// Of each shape the one in the middle and the one with the longest address, whose names strain the
// layout most.
function samplesOf(paths) {
  const shapes = new Map();
  for (const path of paths) shapes.set(shapeOf(path), [...(shapes.get(shapeOf(path)) ?? []), path]);
  return [...shapes.values()].flatMap((all) => {
    const longest = all.reduce((one, other) => (other.length > one.length ? other : one));
    return [...new Set([all[Math.floor(all.length / 2)], longest])];
  });
}

export async function everyPage(url) {
  const pages = [...samplesOf(await inSitemap(url)), ...(await linkedFrom(url)), ...UNLINKED];
  return [...new Set(pages)];
}
