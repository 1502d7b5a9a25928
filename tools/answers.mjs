// docs/answers.md: what is answered to the questions that people ask first, as it reads now.
//
//     node tools/answers.mjs > docs/answers.md        (after make and ./touchstone build)
//
// The arguments are those of `touchstone check`, as in --db FILE.

import {execFileSync} from "node:child_process";

const questions = [
    "does dry needling help knots in my neck",
    "massage gun for sore muscles",
    "foam roller for sore muscles after exercise",
    "kinesiology tape for back pain",
    "heat pad for back pain",
    "is massage good for neck pain",
    "stretching for neck pain",
    "exercise for knee arthritis",
    "shockwave for heel pain",
    "acupuncture for tension headaches",
];

function ask(question) {
    const args = ["check", "--json", ...process.argv.slice(2), question];
    return JSON.parse(execFileSync("./touchstone", args, {encoding: "utf8"}));
}

function howOften(harm) {
    if (harm.rate === null && harm.denominator !== null)
        return `${harm.numerator} of ${harm.denominator}`;
    return harm.rate ?? "how often is not told";
}

function told(question) {
    const checked = ask(question);
    const {answer, safety} = checked;
    const harms = safety.harms.slice(0, 3).map((harm) => `  * ${harm.event}: ${howOften(harm)} ` +
        `(${harm.label}; of ${harm.condition})`);
    return [
        `## ${question}`,
        "",
        `**${answer.badge}**, ${answer.certainty.level.replace("-", " ")}: ` +
            `${answer.certainty.meaning}.`,
        "",
        checked.sentence,
        ...(checked.ask === null ? [] : ["", `Asked back: ${checked.ask}`]),
        "",
        `* How safe: ${safety.sentence}`,
        ...harms,
        "",
    ].join("\n");
}

const first = ask(questions[0]).answer.as_of;
console.log(`# The answers people ask for first

As they read on base ${first.base} under the ruleset ${first.ruleset.id} ${first.ruleset.version}. This page is
written by \`node tools/answers.mjs > docs/answers.md\`; what was wrong with them once, and what was done about it, is in
[audit.md](audit.md).
`);
console.log(questions.map(told).join("\n").trimEnd());
