/* Answers that were given in this browser by nobody in particular, or by a guest. A guest has those of
   nobody at once: nobody else was here. Of all others whoever is here now is asked: a guest may have
   signed in, or gone on as the guest of another device. */

export function askAboutStrays({ outbox, teller, sender }) {
  const { nobody, guests } = outbox.strays();
  if (outbox.guest) outbox.adopt(nobody);
  const names = outbox.guest ? guests : [...nobody, ...guests];
  if (!names.length) return;
  const count = names.length === 1 ? "1 answer was" : `${names.length} answers were`;
  const when = outbox.guest ? "by another guest" : "before you signed in";
  teller.ask(`${count} given on this device ${when}, and not sent yet.`, [
    ["They are mine", () => (outbox.adopt(names), sender.pump())],
    ["Remove them", () => outbox.remove(names)],
  ]);
}
