/** A number as files of figures hold it: whole ones in full, others with six digits, more than an eye can see. */
export function shortNumber(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(6));
}

/** The same for JSON.stringify, typed arrays as plain ones. */
export function shortNumbers(_key: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  return typeof value === 'number' ? shortNumber(value) : value;
}
