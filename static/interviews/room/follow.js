/* The conversation stays at its newest line, unless the candidate has scrolled up to read. */
const NEAR_PX = 80;

export function followTheEnd(box) {
  let atEnd = true;
  const toEnd = () => atEnd && box.scrollTo(0, box.scrollHeight);
  box.addEventListener("scroll", () => {
    atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
  });
  const sizes = new ResizeObserver(toEnd);
  for (const each of [box, ...box.children]) sizes.observe(each);
  toEnd();
}
