/**
 * The check at the end of a notebook, for what it has shown to be true.
 * @param detail the numbers that decide, as `74.1 % against 38.0 %`
 * @throws Error if the condition does not hold; prints one line if it does.
 */
export function notebookCheck(name: string, condition: boolean, detail: string): void {
  if (!condition) throw new Error(`check failed: ${name} (${detail})`);
  console.log(`check passed: ${name} (${detail})`);
}
