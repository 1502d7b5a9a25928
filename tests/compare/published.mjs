// Our pools beside the published ones whose trials stand in the base too, as a page of Markdown.
//
//   node tests/compare/published.mjs [--db touchstone.db] [--data evidence/data] [--touchstone ./touchstone] > docs/pools-beside-published.md
//
// Theirs is the review's figure as evidence/data holds it. "Their rows" are the trials' rows of the same analysis as
// evidence/data holds them, pooled here by inverse variance, once with a common effect and once by DerSimonian-Laird;
// the nearer one is told. Ours comes from `touchstone rate QUESTION --json`.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const db = option("db", "touchstone.db");
const data = option("data", "evidence/data");
const touchstone = option("touchstone", "./touchstone");

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const studies = readdirSync(join(data, "studies")).sort().map((name) => read(join(data, "studies", name)));
const base = read(join(data, "dataset.json"));
const byId = new Map(studies.map((study) => [study.id, study]));
const canonical = new Map();
for (const study of studies)
  for (const name of [study.id, ...(study.aliases ?? []), ...(study.doi ? [study.doi, `doi:${study.doi}`] : [])])
    canonical.set(name.toLowerCase(), study.id);
const idOf = (name) => canonical.get(name.toLowerCase()) ?? name;

const label = (study) => `${study.authors?.[0]?.family ?? study.authors?.[0]?.group ?? study.id} ${study.year ?? ""}`.trim();
const questionOf = (study, result) =>
  [result.intervention, result.condition ?? study.condition, result.comparator.replace(":", "-"), result.outcome,
    result.window].join(".");

const ratio = (measure) => measure === "RR" || measure === "OR";
const show = (value) => value.toFixed(2);
const shown = (estimate, ci) => `${show(estimate)} [${show(ci[0])}, ${show(ci[1])}]`;

/* One trial's row as an effect and its variance, in the review's measure; null where it has no uncertainty. */
function effectOf(result, measure) {
  const [first, second] = result.arms ?? [];
  if (ratio(measure) && first?.events !== undefined && second?.events !== undefined && first.n && second.n) {
    let [a, n1, c, n2] = [first.events, first.n, second.events, second.n];
    if ((a === 0 && c === 0) || (a === n1 && c === n2)) return null;
    if (measure === "OR") {
      const half = a === 0 || c === 0 || a === n1 || c === n2 ? 0.5 : 0;
      const [p, q, r, s] = [a + half, n1 - a + half, c + half, n2 - c + half];
      return { y: Math.log((p * s) / (q * r)), v: 1 / p + 1 / q + 1 / r + 1 / s };
    }
    if (a === 0 || c === 0) [a, n1, c, n2] = [a + 0.5, n1 + 0.5, c + 0.5, n2 + 0.5];
    return { y: Math.log(a / n1 / (c / n2)), v: 1 / a - 1 / n1 + 1 / c - 1 / n2 };
  }
  const final = (arm) => (arm?.mean !== undefined && arm.sd ? [arm.mean, arm.sd] : arm?.change_mean !== undefined && arm.change_sd ? [arm.change_mean, arm.change_sd] : null);
  const [one, other] = [final(first), final(second)];
  if (!ratio(measure) && one && other && first.n && second.n) {
    const [n1, n2] = [first.n, second.n];
    if (measure === "MD") return { y: one[0] - other[0], v: one[1] ** 2 / n1 + other[1] ** 2 / n2 };
    const df = n1 + n2 - 2;
    const sd = Math.sqrt(((n1 - 1) * one[1] ** 2 + (n2 - 1) * other[1] ** 2) / df);
    const g = ((one[0] - other[0]) / sd) * (1 - 3 / (4 * df - 1));
    return { y: g, v: (n1 + n2) / (n1 * n2) + g ** 2 / (2 * (n1 + n2 - 3.94)) };
  }
  if (result.measure === measure && result.estimate !== undefined && result.ci) {
    const to = ratio(measure) ? Math.log : (x) => x;
    return { y: to(result.estimate), v: ((to(result.ci[1]) - to(result.ci[0])) / 3.92) ** 2 };
  }
  return null;
}

function pool(effects, random) {
  const sum = (f) => effects.reduce((total, e) => total + f(e), 0);
  let tau2 = 0;
  if (random && effects.length > 1) {
    const w = sum((e) => 1 / e.v);
    const mean = sum((e) => e.y / e.v) / w;
    const q = sum((e) => (e.y - mean) ** 2 / e.v);
    tau2 = Math.max(0, (q - (effects.length - 1)) / (w - sum((e) => 1 / e.v ** 2) / w));
  }
  const w = sum((e) => 1 / (e.v + tau2));
  const y = sum((e) => e.y / (e.v + tau2)) / w;
  return { y, low: y - 1.96 / Math.sqrt(w), high: y + 1.96 / Math.sqrt(w) };
}

const asked = new Map();
function rate(question) {
  if (!asked.has(question)) {
    let answer = null;
    try {
      answer = JSON.parse(execFileSync(touchstone, ["rate", question, "--db", db, "--json"], { maxBuffer: 1e8, stdio: ["ignore", "pipe", "ignore"] }));
    } catch {
      answer = null;
    }
    asked.set(question, answer);
  }
  return asked.get(question);
}

/* Where a trial of theirs went, in words; null if it stands in our pool. */
function fate(study, row, question, answer) {
  if (row.ignored) return `ignored here: ${row.ignored}`;
  const theirs = question.split(".");
  const its = questionOf(study, row).split(".");
  const named = ["intervention", "condition", "comparator", "outcome", "window"];
  const other = named.map((name, i) => (its[i] !== theirs[i] ? `${name} ${its[i]}` : null)).filter(Boolean);
  if (other.length > 0) return `another question here (${other.join(", ")})`;
  const told = answer.rating.studies.find((s) => s.id === study.id);
  if (told?.used) return null;
  return told?.why_not ?? "not asked of this question";
}

const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

const counted = (list) => {
  const groups = new Map();
  for (const [who, why] of list) groups.set(why, [...(groups.get(why) ?? []), who]);
  return [...groups].map(([why, who]) => `${[...new Set(who)].join(", ")}: ${why}`).join("; ");
};

/* The figure of theirs on the scale of ours. */
function placed(result, effect) {
  const flat = { estimate: result.estimate, ci: result.ci, how: result.measure };
  if (result.measure !== "MD" || effect?.measure !== "MD") return flat;
  const ends = /from (-?[\d.]+) to (-?[\d.]+)/.exec(effect.scale ?? "");
  if (!ends || result.scale?.low === undefined) return flat;
  const factor = (ends[2] - ends[1]) / (result.scale.high - result.scale.low);
  return { estimate: result.estimate * factor, ci: result.ci.map((x) => x * factor),
    how: factor === 1 ? "MD" : `MD, ${result.scale.low} to ${result.scale.high} told on ${ends[1]} to ${ends[2]}`, factor };
}

const inside = (x, [low, high]) => x >= low && x <= high;
const tally = { rows: 0, pooled: 0, same: 0, side: 0, inside: 0, adopted: 0, reproduced: 0, tried: 0 };

function line(review, result) {
  const question = questionOf(review, result);
  const answer = rate(question);
  if (!answer?.rating) return null;
  const rating = answer.rating;
  const linked = studies.flatMap((study) => study.design === "systematic-review" ? [] : (study.results ?? [])
    .filter((row) => row.source?.analysis === result.source.analysis && idOf(row.source.review) === review.id &&
      (!result.source.subgroup || row.source.subgroup === result.source.subgroup))
    .map((row) => [study, row]));
  if (linked.length === 0) return null;
  tally.rows += 1;
  const place = placed(result, rating.effect);
  const k = result.k ?? linked.length;

  const effects = linked.filter(([, row]) => !row.ignored).map(([, row]) => effectOf(row, result.measure)).filter(Boolean);
  let again = "none usable";
  let reproduces = false;
  if (effects.length > 0) {
    const from = ratio(result.measure) ? Math.exp : (x) => x * (place.factor ?? 1);
    const target = ratio(result.measure) ? Math.log(result.estimate) : result.estimate;
    const both = [["common effect", pool(effects, false)], ["DL", pool(effects, true)]];
    const far = ([, p]) => Math.abs(p.y - target) + Math.abs(p.high - p.low - (ratio(result.measure) ? Math.log(result.ci[1] / result.ci[0]) : result.ci[1] - result.ci[0]));
    both.sort((a, b) => far(a) - far(b));
    const [how, p] = both[0];
    again = `${plural(effects.length, "row")}: ${shown(from(p.y), [from(p.low), from(p.high)])}${effects.length === 1 ? "" : ` (${how})`}`;
    const width = ratio(result.measure) ? Math.log(result.ci[1] / result.ci[0]) : result.ci[1] - result.ci[0];
    reproduces = Math.abs(p.y - target) <= width / 20;
    tally.tried += 1;
    if (reproduces) tally.reproduced += 1;
  }

  const why = [];
  let ours;
  if (rating.pool.basis === "adopted") {
    tally.adopted += 1;
    const from = idOf(rating.pool.adopted);
    ours = from === review.id ? "theirs answers" : `answered by ${label(byId.get(from) ?? { id: from })}`;
    why.push(from === review.id ? "P4: the base holds less than 60 % of its people or of its trials" : "P4: another review stands first");
  } else if (rating.pool.basis !== "trials" || !rating.effect) {
    ours = "no pool";
  } else {
    tally.pooled += 1;
    const effect = rating.effect;
    ours = `${rating.pool.k}, ${rating.pool.n ?? "?"}: ${shown(effect.estimate, effect.ci)} (${effect.measure})`;
    const used = rating.studies.filter((s) => s.used);
    const theirs = new Set(linked.map(([study]) => study.id));
    const added = used.filter((s) => !theirs.has(s.id));
    const comparable = effect.measure === result.measure;
    if (comparable) {
      tally.same += 1;
      const zero = ratio(result.measure) ? 1 : 0;
      if ((effect.estimate - zero) * (place.estimate - zero) >= 0) tally.side += 1;
      if (inside(effect.estimate, place.ci)) tally.inside += 1;
    } else {
      why.push(`E1: ours is ${effect.measure}, theirs ${result.measure}, so the two are not on one scale`);
    }
    const sister = added.filter((s) => byId.get(s.id)?.results?.some((row) => row.source && idOf(row.source.review) === review.id));
    const foreign = added.filter((s) => !sister.includes(s));
    if (sister.length > 0) why.push(`the question: ours joins ${plural(sister.length, "trial")} of its other analyses or times${sister.length > 4 ? "" : ` (${sister.map((s) => s.label).join(", ")})`}`);
    if (foreign.length > 0) why.push(`ours holds trials that it does not: ${foreign.map((s) => s.label).join(", ")}`);
    if (rating.pool.k >= 3) why.push("P1: REML with the Hartung-Knapp interval");
    else if (rating.pool.k === 2) why.push("P1: REML, normal interval");
    const chosen = answer.trace.filter((step) => step.rule === "Q1" && theirs.has(step.study)).length;
    if (chosen > 0) why.push(`Q1: of ${plural(chosen, "trial")} another time or row is the one that counts`);
    const joined = answer.trace.filter((step) => step.rule === "Q2" && theirs.has(step.study)).length;
    if (joined > 0) why.push(`Q2: arms, doses or subgroups of ${plural(joined, "trial")} are joined`);
    if (answer.trace.some((step) => step.rule === "E2" && theirs.has(step.study))) why.push("E2: an SD computed, or final values and changes not mixed");
    if (answer.trace.some((step) => step.rule === "E3" && theirs.has(step.study))) why.push("E3: a crossover or cluster trial's error");
    if (answer.trace.some((step) => step.rule === "P6")) why.push("P6: something improbable is flagged");
  }
  const away = linked.map(([study, row]) => [label(study), fate(study, row, question, answer)]).filter(([, reason]) => reason);
  const stands = new Set(linked.filter(([study, row]) => !fate(study, row, question, answer)).map(([study]) => study.id));
  const lost = away.filter(([who]) => ![...stands].some((id) => label(byId.get(id)) === who));
  if (lost.length > 0) why.push(`not in ours: ${counted(lost)}`);
  const here = new Set(linked.map(([study]) => study.id)).size;
  if (here < k && linked.length < k) why.push(`${k - here} of its ${plural(k, "trial")} not here`);
  const ignored = linked.filter(([study, row]) => row.ignored && !lost.some(([who]) => who === label(study)));
  if (ignored.length > 0) why.push(`rows ignored here: ${counted(ignored.map(([study, row]) => [label(study), row.ignored]))}`);
  if (effects.length > 0 && !reproduces)
    why.push(linked.some(([, row]) => row.ignored) || here < k
      ? "without those rows theirs is not given again"
      : "neither of the two ways gives theirs from these rows: another method, or other figures of these trials here");
  return `| ${result.source.analysis}${result.source.subgroup ? `, ${result.source.subgroup.replace(/\|/g, "/")}` : ""} | \`${question}\` | ${k}, ${result.n ?? "?"}: ${shown(place.estimate, place.ci)} (${place.how}) | ${again} | ${ours} | ${why.join(". ") || "the same trials"} |`;
}

const sections = [];
for (const review of studies) {
  if (review.design !== "systematic-review") continue;
  const rows = (review.results ?? []).filter((r) => r.source?.analysis && r.estimate !== undefined && r.ci && !r.ignored)
    .map((r) => line(review, r)).filter(Boolean);
  if (rows.length > 0) sections.push(`## ${review.title.replace(/^\[|\]$/g, "")}\n\n[${label(review)}](${review.sources[0].url})\n\n| | question | theirs: k, people | their rows here, their way | ours: k, people | why they differ |\n|---|---|---|---|---|---|\n${rows.join("\n")}`);
}

/* Syntheses whose trials are known to be in them but without the row of an analysis. */
const others = [];
for (const review of studies) {
  if (review.design !== "systematic-review" || (review.results ?? []).some((r) => r.source?.analysis)) continue;
  const trials = studies.filter((s) => (s.pooled_in ?? []).some((p) => idOf(p) === review.id));
  if (trials.length === 0) continue;
  for (const result of review.results ?? []) {
    if (result.estimate === undefined || !result.ci || result.ignored) continue;
    const question = questionOf(review, result);
    const here = trials.filter((s) => s.results?.some((r) => questionOf(s, r) === question));
    const answer = rate(question);
    if (here.length === 0 || !answer?.rating) continue;
    const rating = answer.rating;
    const place = placed(result, rating.effect);
    const used = rating.studies.filter((s) => s.used);
    const ours = rating.pool.basis === "trials" && rating.effect
      ? `${rating.pool.k}, ${rating.pool.n ?? "?"}: ${shown(rating.effect.estimate, rating.effect.ci)} (${rating.effect.measure})`
      : rating.pool.basis === "adopted" ? (idOf(rating.pool.adopted) === review.id ? "theirs answers (P4)" : `answered by ${label(byId.get(idOf(rating.pool.adopted)))} (P4)`) : "no pool";
    const theirs = new Set(trials.map((s) => s.id));
    const added = rating.pool.basis === "trials" ? used.filter((s) => !theirs.has(s.id)).map((s) => s.label) : [];
    const why = [`${plural(here.length, "trial")} known to be in it ${here.length === 1 ? "answers" : "answer"} this question here`];
    if (result.k !== undefined && here.length > result.k) why.push("not all of them are in this figure of theirs");
    if (added.length > 0) why.push(`ours also holds ${added.join(", ")}`);
    if (rating.pool.basis === "trials" && rating.pool.k >= 3) why.push("P1: REML with the Hartung-Knapp interval");
    if (rating.effect && rating.pool.basis === "trials" && rating.effect.measure !== result.measure) why.push(`E1: ours is ${rating.effect.measure}`);
    others.push(`| [${label(review)}](${review.sources[0].url}) | \`${question}\` | ${result.k ?? "?"}, ${result.n ?? "?"}: ${shown(place.estimate, place.ci)} (${place.how}) | ${ours} | ${why.join(". ")} |`);
  }
}

console.log(`# Our pools beside the published ones

Every published synthesis of the base whose trials are in the base too, as of base ${base.version} (records read up to
${base.collected}). Made by \`node tests/compare/published.mjs\`; no number here is typed by hand.

*Theirs* is the review's figure as the base holds it, told on our scale where both name its ends. *Their rows here* are
the trials' rows of that analysis as the base holds them, pooled with a common effect or by DerSimonian-Laird (DL) with
a normal interval, whichever is nearer to theirs. Where this gives their figure, what is left between theirs and ours
is choice and model, not data; where it does not, rows are ignored or missing here. *Ours* is what the program pools for that question. The letters are the ids of the
[rules](method.md).

What makes most of the difference, by rule:

* **P1.** We pool by restricted maximum likelihood with the Hartung-Knapp interval, never narrower than the normal one.
  With few trials it is much wider than theirs; the estimate moves little.
* **Q1, Q2.** A trial gives one result to a question, the time nearest the window's day; doses and subgroups are joined. Reviews pool
  what they call short-term; we part what was measured within 72 hours of the first session from what came later.
* **The question.** A review's people may stand here under a narrower condition (knots in the neck, acute or chronic back
  pain), and its analysis of all comparators under \`mixed\`, which no trial is.
* **P4.** Where the base holds less than 60 % of a review's people, or of its trials, theirs answers and ours is not told.
* **E1.** Scales of known ends are told on 0 to 10; where more people can be kept in standard deviations, the pool is in those.
* **Ignored rows.** A row whose SD looks like a standard error, or whose groups cannot be, does not count (its reason is told).

${tally.rows} figures of ${sections.length} reviews. Their rows give their figure in ${tally.reproduced} of ${tally.tried} (within a twentieth of the interval's
width). We pool trials for ${tally.pooled} of them, in ${tally.same} on the same measure: there our estimate is on the same side of no
difference in ${tally.side} and inside their interval in ${tally.inside}. For ${tally.adopted} a published figure answers (P4).

${sections.join("\n\n")}

## Syntheses known only by which trials they hold

Their rows were not read; the base knows some of the trials that they pooled.

| review | question | theirs: k, people | ours: k, people | why they differ |
|---|---|---|---|---|
${others.join("\n")}`);
