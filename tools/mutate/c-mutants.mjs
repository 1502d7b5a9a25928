// Mutants of a C file: every small change that could be a slip of the hand. What is changed is found by tokens,
// not by a parser; clang-format's spacing tells `a * b` from `char *b`. A change that does not compile is no mutant.

const relational = { "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"], "==": ["!="], "!=": ["=="] };
const arithmetic = { "+": "-", "-": "+", "*": "/", "/": "*", "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=" };
const tokenPattern =
  /\/\*[^]*?\*\/|\/\/[^\n]*|^#(?:[^\n]*\\\n)*[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?:0[xX][\da-fA-F]+|\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)[uUlLfF]*|[A-Za-z_]\w*|->|\+\+|--|<<=|>>=|<<|>>|[-+*/<>=!&|^%]=|&&|\|\||\.\.\.|[^\s]/gm;

function tokensOf(text) {
  const tokens = [];
  for (const found of text.matchAll(tokenPattern)) {
    const word = found[0];
    if (/^(\/\*|\/\/|#)/.test(word)) continue;
    tokens.push({ word, start: found.index, end: found.index + word.length });
  }
  return tokens;
}

/* The functions of a file, which clang-format leaves with both braces in the first column: {name, returns, start, end}. */
function functionsOf(text) {
  const found = [];
  for (const match of text.matchAll(/^((?:[A-Za-z_][^\n;{}]*\n)(?:[ \t]+[^\n;{}]*\n)*)\{\n([^]*?)^\}$/gm)) {
    const header = match[1].replace(/\s+/g, " ").trim();
    const head = /^(.*?[\s*])([A-Za-z_]\w*)\s*\(/.exec(header);
    if (head === null) continue;
    const start = match.index + match[1].length + 2;
    found.push({ name: head[2], returns: head[1].replace(/\b(static|inline|MUST_USE)\b/g, "").trim(), start, end: start + match[2].length });
  }
  return found;
}

const isNumber = (word) => /^[\d.]/.test(word) && /\d/.test(word);

function movedNumbers(word) {
  if (/^0[xX]/.test(word)) return [];
  const value = Number(word.replace(/[uUlLfF]+$/, ""));
  if (/[.eE]/.test(word)) return value === 0 ? ["1.0"] : [String(value / 2), String(value * 2)].map((n) => (/[.e]/.test(n) ? n : `${n}.0`));
  return [...new Set([value + 1, Math.max(value - 1, 0), value * 2])].filter((n) => n !== value).map(String);
}

/* What a function could give back instead, whatever it is asked. */
function constantsFor(returns) {
  if (returns === "bool") return ["return true;", "return false;"];
  if (returns === "void") return ["return;"];
  if (/\*$/.test(returns)) return ["return NULL;"];
  if (/^(double|int|size_t|unsigned|long|uint\w+|int\w+|time_t)$/.test(returns)) return ["return 0;", "return 1;"];
  return [];
}

function returnedInstead(returns, value) {
  if (value === "true") return ["false"];
  if (value === "false") return ["true"];
  if (returns === "bool") return [`!(${value})`];
  if (returns === "double" && value !== "NAN") return [`-(${value})`];
  if (returns === "double") return ["0"];
  if (/\*$/.test(returns) && value !== "NULL") return ["NULL"];
  return [];
}

const closing = { "(": ")", "[": "]", "{": "}" };

/* The place of the token that closes the one at `at`. */
function closingOf(tokens, at) {
  const open = tokens[at].word;
  let depth = 0;
  for (let i = at; i < tokens.length; i++) {
    if (tokens[i].word === open) depth++;
    if (tokens[i].word === closing[open] && --depth === 0) return i;
  }
  return -1;
}

/* The end of the operand that starts after `at`, going by `step`; stops where brackets do not balance or a word ends it. */
function operandEnd(tokens, at, step, stops) {
  let depth = 0;
  let i = at + step;
  for (; i >= 0 && i < tokens.length; i += step) {
    const { word } = tokens[i];
    if ("([{".includes(word)) depth += step;
    if (")]}".includes(word)) depth -= step;
    if (depth < 0 || (depth === 0 && stops.includes(word))) break;
  }
  return i - step;
}

/** All mutants of a text: {kind, start, end, now, name}: what stands between start and end becomes `now`. */
export function mutantsOf(text) {
  const tokens = tokensOf(text);
  const functions = functionsOf(text);
  const functionAt = (place) => functions.find((one) => place >= one.start && place < one.end);
  const mutants = [];
  const add = (kind, start, end, now) => mutants.push({ kind, start, end, now, name: functionAt(start)?.name ?? "" });
  const slice = (from, to) => text.slice(tokens[from].start, tokens[to].end);

  for (const { returns, start } of functions) for (const constant of constantsFor(returns)) add("constant function", start, start, `    ${constant}\n`);

  tokens.forEach((token, i) => {
    const { word, start, end } = token;
    const before = tokens[i - 1]?.word ?? "";
    const spaced = text[start - 1] === " " && /\s/.test(text[end] ?? "");
    const inside = functionAt(start);
    if (word in relational && spaced) for (const now of relational[word]) add("comparison", start, end, now);
    if (word in arithmetic && spaced && /[\w)\]]$/.test(before) && before !== "return") add("arithmetic", start, end, arithmetic[word]);
    if ((word === "++" || word === "--") && inside) add("arithmetic", start, end, word === "++" ? "--" : "++");
    if (word === "&&" || word === "||") add("logic", start, end, word === "&&" ? "||" : "&&");
    if (word === "!" && !/^[=]/.test(text.slice(end))) add("dropped !", start, end, "");
    if (word === "-" && !/\s/.test(text[end]) && !/[\w)\]]$/.test(before.replace("return", ""))) add("sign", start, end, "");
    if (isNumber(word) && !(before === "[" && /^(char|double|int|size_t|bool|unsigned|\w+_t|\*)$/.test(tokens[i - 3]?.word ?? "")))
      for (const now of movedNumbers(word)) add("number", start, end, now);
    if (!inside) return;
    if (word === "if" && tokens[i + 1]?.word === "(") {
      const close = closingOf(tokens, i + 1);
      add("negated", tokens[i + 1].end, tokens[close].start, `!(${text.slice(tokens[i + 1].end, tokens[close].start)})`);
    }
    if (word === "?") {
      const first = operandEnd(tokens, i, -1, ["=", "return", ",", "?", ":", ";", "+=", "-="]);
      if (first < i) add("negated", tokens[first].start, tokens[i - 1].end, `!(${slice(first, i - 1)})`);
    }
    if (word === "return" && tokens[i + 1]?.word !== ";") {
      const last = operandEnd(tokens, i, 1, [";"]);
      for (const now of returnedInstead(inside.returns, slice(i + 1, last))) add("returned", tokens[i + 1].start, tokens[last].end, now);
    }
    if (word === "||") {
      const stops = ["||", "&&", "=", "return", "?", ":", ",", ";"];
      const [first, last] = [operandEnd(tokens, i, -1, stops), operandEnd(tokens, i, 1, stops)];
      const [left, right] = [slice(first, i - 1), slice(i + 1, last)];
      if (/\w\(/.test(left) && /\w\(/.test(right)) add("order", tokens[first].start, tokens[last].end, `${right} || ${left}`);
    }
  });
  const rule = String.raw`( +)if \([^\n]*\)\n\1    return [^\n]*;\n`;
  for (const found of text.matchAll(new RegExp(`^(?=(${rule})(${rule}))`, "gm"))) {
    const [first, second] = [found[1], found[3]];
    if (found[2] === found[4]) add("order", found.index, found.index + first.length + second.length, second + first);
  }
  return mutants;
}
