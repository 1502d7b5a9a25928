// Asks a plain question. The warning, if there is one, stands above everything.
//
//     node check.mjs http://127.0.0.1:8080 does dry needling help neck knots

const [base, ...words] = process.argv.slice(2);
const answer = await fetch(`${base}/v1/check`, {
  method: "POST", // keeps the question out of addresses and logs
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ q: words.join(" ") }),
});
const told = await answer.json();
if (!answer.ok) {
  console.error(told.detail);
  process.exit(1);
}
for (const line of [told.warning, told.sentence, told.ask])
  if (line !== null)
    console.log(line);
for (const { intervention, badge, certainty } of told.ranked)
  console.log(`- ${intervention.name}: ${badge} (${certainty.level} certainty)`);
