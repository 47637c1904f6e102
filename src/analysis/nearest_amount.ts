/** Those whose number of images differs by the smallest factor from a given one. */
export function nearestAmount<Row extends { images: number }>(rows: readonly Row[], images: number): Row[] {
  const distance = (row: Row) => Math.abs(Math.log(row.images / images));
  const least = Math.min(...rows.map(distance));
  return rows.filter((row) => distance(row) === least);
}
