/* A slider below each number with two bounds. Where they lie far apart it is logarithmic. */
const FAR = 1000; // times
const NOTCHES = 1000;

/** Adds those that are missing, and sets all to what stands in their fields. */
export function addSliders(doc) {
  for (const field of doc.querySelectorAll("input[data-low]")) {
    const range = scaleOf(field);
    const slider = doc.getElementById(`${field.id}-slider`) ?? addSlider(field, range);
    const value = Number(field.value.replaceAll(",", ""));
    if (Number.isFinite(value)) slider.value = range.notch(value);
  }
}

function addSlider(field, range) {
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", id: `${field.id}-slider`, min: 0, max: NOTCHES, step: 1, autocomplete: "off" });
  slider.dataset.own = slider.dataset.slider = "";
  slider.setAttribute("aria-label", `${field.labels[0].textContent}, slider`);
  slider.addEventListener("input", () => {
    field.value = range.value(Number(slider.value));
    slider.setAttribute("aria-valuetext", field.value);
  });
  field.addEventListener("input", () => addSliders(field.ownerDocument));
  field.after(slider);
  return slider;
}

/** Between a field's values and the slider's notches. */
function scaleOf(field) {
  const [low, high] = [Number(field.dataset.low), Number(field.dataset.high)];
  const step = Number(field.dataset.step) || (high - low) / NOTCHES;
  const rounded = (value) => Number((Math.round((value - low) / step) * step + low).toPrecision(10));
  const within = (value) => Math.min(high, Math.max(low, value));
  const twoDigits = (value) => Number(value.toPrecision(2));
  if (low === 0 && high >= FAR * NOTCHES) {
    // From nought on there is no logarithm: one is added, and taken off again.
    const decades = Math.log10(high + 1);
    return {
      notch: (value) => (Math.log10(within(value) + 1) / decades) * NOTCHES,
      value: (notch) => within(rounded(twoDigits(10 ** ((notch / NOTCHES) * decades) - 1))),
    };
  }
  if (low > 0 && high / low >= FAR) {
    const decades = Math.log10(high / low);
    return {
      notch: (value) => (Math.log10(within(value) / low) / decades) * NOTCHES,
      value: (notch) => within(rounded(twoDigits(low * 10 ** ((notch / NOTCHES) * decades)))),
    };
  }
  return {
    notch: (value) => ((within(value) - low) / (high - low)) * NOTCHES,
    value: (notch) => within(rounded(low + (notch / NOTCHES) * (high - low))),
  };
}
