/** Figures that the largest number of a column shows. */
const FIGURES = 4;
const MOST_DECIMALS = 6;
const LONGEST_TEXT = 80;

/** What a spread (`analysis/summary.ts`) has. */
interface Spread {
  mean: number;
  low: number;
  high: number;
}

/** Texts for the values of one column. */
export function columnText(values: readonly unknown[]): string[] {
  const number = numberFormat(values.flatMap(numbersOf));
  return values.map((value) => shortened(valueText(value, number)));
}

/** Whether a value belongs to the right of its column. */
export function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || isSpread(value);
}

function valueText(value: unknown, number: (value: number) => string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return number(value);
  if (isSpread(value)) {
    const { mean, low, high } = value;
    return low === high ? number(mean) : `${number(mean)} (${number(low)} to ${number(high)})`;
  }
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return Array.from(value as ArrayLike<unknown>, (entry) => valueText(entry, number)).join(', ');
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (isSpread(value)) return [value.mean, value.low, value.high];
  return Array.isArray(value) || ArrayBuffer.isView(value)
    ? Array.from(value as ArrayLike<unknown>).flatMap(numbersOf)
    : [];
}

function isSpread(value: unknown): value is Spread {
  const { mean, low, high } = (value ?? {}) as Partial<Spread>;
  return [mean, low, high].every((number) => typeof number === 'number');
}

/** One format for all numbers of a column: as many decimals as give its largest number four figures. */
function numberFormat(values: readonly number[]): (value: number) => string {
  const finite = values.filter(Number.isFinite);
  if (finite.every(Number.isInteger)) return whole;
  const largest = Math.max(...finite.map(Math.abs));
  const decimals = Math.max(1, FIGURES - 1 - Math.floor(Math.log10(largest)));
  const vanishes = (value: number) => value !== 0 && Math.abs(value) < 0.5 * 10 ** -decimals;
  const isTooFine = decimals > MOST_DECIMALS || finite.some(vanishes);
  return (value) => {
    if (!Number.isFinite(value)) return String(value);
    return isTooFine ? value.toExponential(2) : grouped(value.toFixed(decimals));
  };
}

function whole(value: number): string {
  return Number.isSafeInteger(value) ? grouped(String(value)) : String(value);
}

/** Thousands set apart from ten thousand on (9999, so that years stay whole), and no minus before zeros. */
function grouped(text: string): string {
  const [integer, decimals] = text.replace(/^-(?=[0.]*$)/, '').split('.');
  const apart = integer.replace('-', '').length > 4 ? integer.replace(/\B(?=(\d{3})+$)/g, ',') : integer;
  return decimals === undefined ? apart : `${apart}.${decimals}`;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT - 1)}…` : line;
}
