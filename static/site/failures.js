const UNREACHED = "The server could not be reached. What you typed is still here; try again in a moment.";
const REFUSED = "The server could not do that. What you typed is still here; reload the page or try again.";

/** Says in #messages what became of an htmx request that failed. A room that speaks for
    itself cancels it: event.preventDefault() on htmx:responseError or htmx:sendError. */
export function tellFailures(doc) {
  doc.addEventListener("htmx:sendError", (event) => tell(doc, event, UNREACHED));
  doc.addEventListener("htmx:responseError", (event) => tell(doc, event, REFUSED));
}

function tell(doc, event, sentence) {
  const region = doc.getElementById("messages");
  if (event.defaultPrevented || !region) return;
  const notice = doc.createElement("p");
  notice.className = "notice red";
  notice.textContent = sentence;
  region.replaceChildren(notice);
}
