/* What the page holds: the phases and lines of the sample interview, in order. */

/** {phases: [{element, id, name, from, to}], lines: [{element, phase, number, at}], total}; seconds. */
export function readCourse(page) {
  const phases = [...page.querySelectorAll("[data-talk] > section")].map((element) => ({
    element,
    id: element.dataset.id,
    name: element.dataset.name,
    from: Number(element.dataset.starts),
    to: Number(element.dataset.ends),
  }));
  const lines = phases.flatMap((phase) =>
    [...phase.element.querySelectorAll(".line")].map((element, index) => ({
      element,
      phase,
      number: index + 1,
      at: Number(element.dataset.at),
    })),
  );
  return { phases, lines, total: Number(page.dataset.total) };
}

/** The address of a line, which the server understands too. */
export const address = (line) => `?phase=${line.phase.id}&line=${line.number}`;
