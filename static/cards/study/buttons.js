/* Two big answers or four on a narrow page: kept on this device, as the form does without a script. */
const YEAR_S = 60 * 60 * 24 * 365;

export function chooseButtons(place, page) {
  const form = document.getElementById("buttons-form");
  const button = form.querySelector("button");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const count = button.value;
    document.cookie = `answers=${count}; path=${page.urls.study}; max-age=${YEAR_S}; samesite=lax`;
    place.dataset.narrow = count;
    button.value = count === "4" ? "2" : "4";
    button.textContent = count === "4" ? "Two answers" : "Four answers";
    form.closest("details").open = false;
    form.closest("details").querySelector("summary").focus();
  });
}
