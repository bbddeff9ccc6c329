// Keep the keys of a desk for the desk: JupyterLab would take letters and arrows for its own commands.
// Also name the desk, its groups and its sliders, let changes of the words be announced, keep what was unfolded open,
// and say when the Python behind the desk is gone.
function render({ model, el }) {
  const find = () => el.closest("." + model.get("desk"));
  let unfolded = false;
  const prepare = () => {
    const desk = find();
    if (!desk) return setTimeout(prepare, 50);
    if (!desk.dataset.keys) {
      desk.dataset.keys = "kept";
      desk.addEventListener("keydown", (event) => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); });
      desk.addEventListener("toggle", (event) => { unfolded = event.target.open; }, true);
      new MutationObserver(name).observe(desk, { childList: true, subtree: true });
    }
    name();
  };
  const called = (node, role, label) => {
    node.setAttribute("role", role);
    node.setAttribute("aria-label", label);
  };
  const name = () => {
    const desk = find();
    if (!desk) return;
    called(desk, "region", model.get("label"));
    for (const [part, label] of Object.entries(model.get("groups"))) {
      desk.querySelectorAll("." + part).forEach((group) => called(group, "group", label));
    }
    desk.querySelectorAll(".widget-slider").forEach((slider) => {
      const label = slider.querySelector(".widget-label")?.textContent ?? "";
      slider.querySelectorAll(".noUi-handle").forEach((handle) => handle.setAttribute("aria-label", label));
    });
    desk.querySelectorAll("textarea").forEach((field) => field.setAttribute("dir", "auto"));
    desk.querySelectorAll("details").forEach((details) => { details.open = unfolded; });
    desk.querySelectorAll(".announced").forEach((words) => {
      words.setAttribute("role", "status");
      words.setAttribute("aria-live", "polite");
    });
  };
  const lost = document.createElement("div");
  lost.setAttribute("role", "alert");
  el.classList.add("toolkit-keys");
  el.append(lost);
  model.on("comm_live_update", () => {
    lost.textContent = "Python was restarted, so nothing moves here any more: choose Run, then Run All Above Selected Cell, and run this cell.";
  });
  prepare();
}
export default { render };
