/**
 * JSON that gives back the numbers it was given: NaN and the infinities, which JSON.stringify makes null, are
 * written as { "number": "NaN" }.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item) =>
    typeof item === 'number' && !Number.isFinite(item) ? { number: String(item) } : item,
  );
}

/** Reads what toJson wrote. @throws SyntaxError */
export function fromJson(text: string): unknown {
  return JSON.parse(text, (_key, item) => (isUnusual(item) ? Number(item.number) : item));
}

function isUnusual(item: unknown): item is { number: string } {
  return (
    typeof item === 'object' &&
    item !== null &&
    Object.keys(item).length === 1 &&
    ['NaN', 'Infinity', '-Infinity'].includes((item as { number: string }).number)
  );
}
