// Enhances pages that work without it: counters that count, a menu that folds on a narrow screen, errors
// that are read out at once (govuk-frontend), a warning before a session ends, and drafts that are kept while
// somebody writes.
const WARNED_BEFORE = 5; // minutes
const SAVED_AFTER = 5; // seconds in which nobody types

const script = document.querySelector("script[data-library]");

/** Shows the warning of the page's end before it is too late, and takes it away when the session goes on. */
function watchSession(warning) {
  const minutes = Number(warning.dataset.minutes);
  const stay = warning.querySelector("button");
  const waitAndWarn = () => setTimeout(() => {
    warning.hidden = false;
    warning.focus();
  }, Math.max(1, minutes - WARNED_BEFORE) * 60 * 1000);
  stay.addEventListener("click", async () => {
    const answer = await fetch(warning.dataset.address, { redirect: "error" }).catch(() => null);
    if (!answer?.ok) return; // the session has ended: the warning stays, and says what to do
    warning.hidden = true;
    waitAndWarn();
  });
  waitAndWarn();
}

/** Sends what is typed as a draft, so that nothing is lost with the page; the form's own button waits for it. */
function keepDrafts(form) {
  const told = form.querySelector("[data-draft-status]");
  let timer, saving;
  const save = async () => {
    const body = new URLSearchParams(new FormData(form));
    body.set("draft", "yes");
    const answer = await fetch(location.href, {
      method: "POST", body, headers: { Accept: "application/json" }, redirect: "error",
    }).catch(() => null);
    const said = answer?.ok ? await answer.json().catch(() => null) : null;
    if (said?.version) form.elements.version.value = said.version;
    told.textContent = said?.words || told.dataset.draftStatus;
    saving = null;
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { saving = (saving || Promise.resolve()).then(save); }, SAVED_AFTER * 1000);
  });
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (!saving) return;
    event.preventDefault();
    await saving;
    form.requestSubmit(event.submitter);
  });
}

const { initAll } = await import(script.dataset.library);
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
const warning = document.getElementById("session-warning");
if (warning) watchSession(warning);
for (const form of document.querySelectorAll("form[data-keep-drafts]")) keepDrafts(form);
