// 案件の一覧: while the focus is in the table, j and k go down and up, x ticks, Enter opens. The bar counts the ticks.
const table = document.querySelector(".z-desk-rows");
const told = document.querySelector("[data-ticked]");

const rowOf = (element) => element?.closest(".z-desk-rows tbody tr");

function go(row) {
  row?.querySelector("th a").focus();
}

const KEYS = {
  j: (row) => go(row ? row.nextElementSibling : table.querySelector("tbody tr")),
  k: (row) => go(row?.previousElementSibling),
  x: (row) => row?.querySelector("input[type=checkbox]")?.click(),
};

table?.parentElement.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key](rowOf(event.target));
});

table?.addEventListener("change", () => {
  const ticked = table.querySelectorAll("input[type=checkbox]:checked").length;
  told.textContent = `${ticked}件を選びました`;
});
