// Setting a verdict beside the computed one, and taking it back.
import { ask, busy, read } from "./curate.js";

const form = document.querySelector("#override");
const withdraw = document.querySelector("#withdraw");
const address = () => `/v1/ratings/${encodeURIComponent(form.dataset.question)}/override`;

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  busy(form, async () => {
    await ask("PUT", address(), { body: read(form) });
    location.reload();
  });
});

withdraw?.addEventListener("submit", (event) => {
  event.preventDefault();
  busy(withdraw, async () => {
    const reason = withdraw.elements.reason.value.trim();
    await ask("DELETE", `${address()}?reason=${encodeURIComponent(reason)}`);
    location.reload();
  });
});
