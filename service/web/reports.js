// Closing a report with what came of it.
import { ask, busy, read, said } from "./curate.js";

for (const form of document.querySelectorAll("form.close"))
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(form, async () => {
      const { json } = await ask("PATCH", `/v1/reports/${form.dataset.report}`,
        { body: { ...read(form), status: "closed" } });
      const task = form.closest(".task");
      const next = task.nextElementSibling?.querySelector("textarea") ?? document.querySelector("h1");
      task.remove();
      said(`Report ${json.id} is closed: ${json.outcome}`);
      next.focus();
    });
  });
