// Keep the keys of a desk for the desk: JupyterLab would take letters and arrows for its own commands.
// Also give the slider the name that stands beside it, and let changes of the words be announced.
function render({ model, el }) {
  const find = () => el.closest("." + model.get("desk"));
  const prepare = () => {
    const desk = find();
    if (!desk) return setTimeout(prepare, 50);
    if (!desk.dataset.keys) {
      desk.dataset.keys = "kept";
      desk.addEventListener("keydown", (event) => event.stopPropagation());
      new MutationObserver(name).observe(desk, { childList: true, subtree: true });
    }
    name();
  };
  const name = () => {
    const desk = find();
    if (!desk) return;
    desk.querySelectorAll(".widget-slider").forEach((slider) => {
      const label = slider.querySelector(".widget-label")?.textContent ?? "";
      slider.querySelectorAll(".noUi-handle").forEach((handle) => handle.setAttribute("aria-label", label));
    });
    desk.querySelectorAll(".announced").forEach((words) => {
      words.setAttribute("role", "status");
      words.setAttribute("aria-live", "polite");
    });
  };
  prepare();
}
export default { render };
