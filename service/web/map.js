// The map under the keyboard. The table is whole without this file; with it the table is a grid of
// the ARIA Authoring Practices: one stop of the Tab key, arrow keys from cell to cell, Enter opens.
// Empty cells say that nobody has looked, and lead to the page that says what that means.

const PAGE = 10; // rows

const table = document.querySelector(".map table");
if (table) makeGrid(table);

function makeGrid(grid) {
  // The row of the complaints' names, then every treatment; rows that name a kind are passed over.
  const rows = [...grid.rows].filter((row) => row.matches("thead tr + tr") || row.querySelector("[scope=row]"));
  const heads = rows[0].cells;
  let lit = null;

  addHint(grid);
  grid.setAttribute("role", "grid");
  for (const link of grid.querySelectorAll("a")) link.tabIndex = -1;
  grid.querySelector("td a").tabIndex = 0;

  grid.addEventListener("keydown", onKey);
  grid.addEventListener("focusin", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    for (const old of grid.querySelectorAll("[tabindex='0']")) old.tabIndex = -1;
    event.target.tabIndex = 0;
    light(cell);
  });
  grid.addEventListener("focusout", () => light(null));
  grid.addEventListener("pointerover", (event) => light(cellOf(event.target)));
  grid.addEventListener("pointerleave", () => light(cellOf(document.activeElement)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") grid.classList.add("hushed");
  });
  grid.addEventListener("click", (event) => {
    const cell = cellOf(event.target);
    if (cell && isEmpty(cell) && !event.target.closest("a")) location.href = addressOf(cell);
  });

  function cellOf(element) {
    const cell = element.closest?.("td, th");
    return cell && grid.contains(cell) && rows.includes(cell.parentElement) ? cell : null;
  }

  // The name of the column stands out, and an empty cell gets its words.
  function light(cell) {
    lit?.classList.remove("lit");
    lit = cell && cell.cellIndex > 0 ? heads[cell.cellIndex] : null;
    lit?.classList.add("lit");
    grid.classList.remove("hushed");
    if (cell && isEmpty(cell)) describe(cell);
  }

  function describe(cell) {
    if (cell.firstChild) return;
    const words = document.createElement("span");
    const treatment = cell.parentElement.cells[0].textContent;
    words.textContent = `No study of ${treatment} for ${heads[cell.cellIndex].textContent} stands in this base`;
    cell.append(words);
  }

  function addressOf(cell) {
    const treatment = cell.parentElement.cells[0].firstChild.pathname;
    return `${treatment}/${heads[cell.cellIndex].firstChild.pathname.split("/").pop()}`;
  }

  function onKey(event) {
    const cell = cellOf(event.target);
    if (!cell || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === "Enter" && isEmpty(cell)) return void (location.href = addressOf(cell));
    const [row, column] = placeAfter(event, rows.indexOf(cell.parentElement), cell.cellIndex);
    if (row === undefined) return;
    event.preventDefault();
    moveTo(rows[row].cells[column]);
  }

  // Where a key leads from a place: [row, column], or nothing for a key that does not move.
  function placeAfter(event, row, column) {
    const far = event.ctrlKey;
    const [bottom, right] = [rows.length - 1, heads.length - 1];
    switch (event.key) {
      case "ArrowLeft": return walk(row, column, 0, -1, far);
      case "ArrowRight": return walk(row, column, 0, 1, far);
      case "ArrowUp": return walk(row, column, -1, 0, far);
      case "ArrowDown": return walk(row, column, 1, 0, far);
      case "Home": return far ? [1, 1] : [row, row === 0 ? 1 : 0];
      case "End": return far ? [bottom, right] : [row, right];
      case "PageUp": return [Math.max(row - PAGE, 1), column];
      case "PageDown": return [Math.min(row + PAGE, bottom), column];
      default: return [];
    }
  }

  // One step, or with Ctrl to the next cell in which something stands. The corner is no place.
  function walk(row, column, down, right, far) {
    let place = [row, column];
    for (;;) {
      const next = [place[0] + down, place[1] + right];
      const cell = rows[next[0]]?.cells[next[1]];
      if (!cell || (next[0] === 0 && next[1] === 0)) return place;
      place = next;
      if (!far || !isEmpty(cell)) return place;
    }
  }

  function moveTo(cell) {
    if (isEmpty(cell)) {
      describe(cell);
      cell.tabIndex = -1;
    }
    targetOf(cell).focus();
  }
}

function isEmpty(cell) {
  return !cell.querySelector("a");
}

// What takes the focus in a cell.
function targetOf(cell) {
  return cell.querySelector("a") ?? cell;
}

// Told to those who hear the table by its caption, and shown while the focus is in it.
function addHint(grid) {
  const hint = document.createElement("p");
  hint.className = "keys";
  hint.textContent = "Arrow keys move, with Ctrl to the next sign. Enter opens. Escape hides the words.";
  grid.after(hint);
  grid.caption.append(` ${hint.textContent}`);
  hint.setAttribute("aria-hidden", "true");
}
