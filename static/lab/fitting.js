/* The controls end where the window ends, wherever the page is scrolled to, so that what stands at
   their foot is always in sight. Only where the style sheet keeps them beside the stage. */
const MARGIN_PX = 16;

export function fitControls(win) {
  const fit = () => {
    const box = win.document.querySelector(".lab-play");
    const room = box && Math.floor(win.innerHeight - box.getBoundingClientRect().top - MARGIN_PX);
    box?.style.setProperty("--room", `${room}px`);
  };
  win.addEventListener("scroll", fit, { passive: true });
  win.addEventListener("resize", fit);
  return fit;
}
