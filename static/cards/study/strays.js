/* Answers that were given in this browser by nobody in particular. A guest has them at once: nobody
   else was here. Whoever signed in is asked. */

export function askAboutStrays({ outbox, teller, sender }) {
  const names = outbox.strays();
  if (!names.length) return;
  if (outbox.guest) return outbox.adopt(names);
  const count = names.length === 1 ? "1 answer was" : `${names.length} answers were`;
  teller.ask(`${count} given on this device before you signed in, and not sent yet.`, [
    ["They are mine", () => (outbox.adopt(names), sender.pump())],
    ["Remove them", () => outbox.remove(names)],
  ]);
}
