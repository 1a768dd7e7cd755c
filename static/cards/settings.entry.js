/** Tells the server where the person's days begin, in fields that wait for it. */
for (const field of document.querySelectorAll("[data-utc-offset]")) {
  field.value = String(-new Date().getTimezoneOffset());
}
