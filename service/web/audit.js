// Taking one change back. The log itself is a plain page.
import { ask, confirmWith, newKey } from "./curate.js";

for (const button of document.querySelectorAll("[data-undo]")) {
  button.hidden = false;
  const key = newKey();
  button.addEventListener("click", () => confirmWith(button, {
    words: `Row ${button.dataset.undo} is taken back by a new row; nothing is erased.`,
    label: "Take it back",
    act: async (reason) => {
      await ask("POST", `/v1/audit/${button.dataset.undo}/undo`, { body: reason ? { reason } : {}, key });
      location.reload();
    },
  }));
}
