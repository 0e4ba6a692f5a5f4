/** Hides the rows of tables that do not hold what is typed. What it changes in the page is which rows are shown, and one number. */
export const FILTER_SCRIPT = `
(() => {
  const [form, field, result] = ["filter-form", "filter", "filter-result"].map((id) => document.getElementById(id));
  const rows = [...document.querySelectorAll("tbody tr")];
  if (rows.length === 0) return;
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    const shown = rows.filter((row) => !row.hidden).length;
    result.textContent = wanted === "" ? "" : shown + " of " + rows.length + " rows";
  });
})();
`;
