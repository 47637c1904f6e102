/** A table that fits a narrow screen: names over numbers, one space or more between the columns. */
export function columns(rows: readonly Record<string, string | number>[], digits = 4): string {
  const names = Object.keys(rows[0]);
  const text = (value: string | number) =>
    typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(digits) : String(value);
  const cells = [names, ...rows.map((row) => names.map((name) => text(row[name])))];
  const widths = names.map((_, c) => Math.max(...cells.map((row) => row[c].length)));
  return cells.map((row) => row.map((cell, c) => cell.padStart(widths[c])).join('  ')).join('\n');
}
