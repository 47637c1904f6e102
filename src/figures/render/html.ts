/** Text that may stand in HTML, in an attribute as well. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Rows of the same keys as a table. */
export function htmlTable(rows: readonly object[]): string {
  if (rows.length === 0) return '';
  const line = (tag: string, cells: unknown[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(String(cell))}</${tag}>`).join('')}</tr>`;
  const body = rows.map((row) => line('td', Object.values(row)));
  return `<div class="table"><table>\n${line('th', Object.keys(rows[0]))}\n${body.join('\n')}\n</table></div>`;
}
