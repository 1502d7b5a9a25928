// Mutants of a JSON file: each of its numbers moved, one at a time.

const passed = /^(schema|version|year|pmid|date)$/;

function moved(word) {
  const value = Number(word);
  if (value === 0) return ["1"];
  const near = Number.isInteger(value) ? [value + 1, value - 1] : [];
  return [...new Set([...near, value * 2, value / 2])].filter((n) => n !== 0).map((n) => String(Number(n.toPrecision(12))));
}

/** All mutants of a JSON text: {kind, start, end, now, name}, name the keys that lead to the number. */
export function mutantsOf(text) {
  const mutants = [];
  const path = [];
  for (const { 0: word, index, groups } of text.matchAll(/"(?:\\.|[^"\\])*"(?<key>\s*:)?|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|[[\]{},]/g)) {
    if (word === "{" || word === "[") path.push(word === "[" ? 0 : "");
    else if (word === "}" || word === "]") path.pop();
    else if (word === "," && typeof path.at(-1) === "number") path[path.length - 1]++;
    else if (groups.key !== undefined) path[path.length - 1] = word.slice(1, word.lastIndexOf('"'));
    else if (/^[-\d]/.test(word) && !passed.test(path.at(-1)))
      for (const now of moved(word)) mutants.push({ kind: "number", start: index, end: index + word.length, now, name: path.join("/") });
  }
  return mutants;
}
