// Enhances pages that work without it: counters that count, a menu that folds on a narrow screen, errors
// that are read out at once (govuk-frontend), and a warning before a session ends.
const WARNED_BEFORE = 5; // minutes

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

const { initAll } = await import(script.dataset.library);
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
const warning = document.getElementById("session-warning");
if (warning) watchSession(warning);
