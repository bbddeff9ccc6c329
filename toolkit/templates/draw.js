// Draw each figure in its place; without scripts the words and the tables remain.
const figures = JSON.parse(document.getElementById("figures").textContent);
document.querySelectorAll(".chart").forEach((place, i) =>
  Plotly.newPlot(place, figures[i].data, figures[i].layout, { displayModeBar: false, responsive: true }));
