/** Of a map, in any unit. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Rectangles of these areas side by side in one, in their order, as square as they get (Bruls, Huizing and
 * van Wijk, "Squarified Treemaps", 2000). The largest value has to come first. Values above zero share the
 * whole of `within`.
 */
export function squarify(values: readonly number[], within: Rectangle): Rectangle[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total <= 0) return values.map(() => ({ ...within, width: 0, height: 0 }));
  const scale = (within.width * within.height) / total;
  const areas = values.map((value) => value * scale);
  const placed: Rectangle[] = [];
  let free = within;
  while (placed.length < areas.length) {
    const row = nextRow(areas.slice(placed.length), Math.min(free.width, free.height));
    const { rectangles, left } = place(row, free);
    placed.push(...rectangles);
    free = left;
  }
  return placed;
}

/** As many areas as make the rectangles of one row squarer. @param side of the row */
function nextRow(areas: readonly number[], side: number): readonly number[] {
  let count = 1;
  while (count < areas.length && worst(areas.slice(0, count + 1), side) <= worst(areas.slice(0, count), side))
    count += 1;
  return areas.slice(0, count);
}

/** The largest ratio of sides in a row. */
function worst(row: readonly number[], side: number): number {
  const sum = row.reduce((total, area) => total + area, 0);
  const [largest, smallest] = [Math.max(...row), Math.min(...row)];
  return Math.max((side ** 2 * largest) / sum ** 2, sum ** 2 / (side ** 2 * smallest));
}

/** A row along the shorter side, and what is left beside it. */
function place(row: readonly number[], free: Rectangle): { rectangles: Rectangle[]; left: Rectangle } {
  const { x, y, width, height } = free;
  const sum = row.reduce((total, area) => total + area, 0);
  const isColumn = width >= height;
  const depth = isColumn ? sum / height : sum / width;
  let at = isColumn ? y : x;
  const rectangles = row.map((area) => {
    const length = depth > 0 ? area / depth : 0;
    const start = at;
    at += length;
    return isColumn
      ? { x, y: start, width: depth, height: length }
      : { x: start, y, width: length, height: depth };
  });
  const left = isColumn
    ? { x: x + depth, y, width: Math.max(width - depth, 0), height }
    : { x, y: y + depth, width, height: Math.max(height - depth, 0) };
  return { rectangles, left };
}
