/** A count as people say it: 950, 12k, 1.2M; three figures at most. */
export function compactCount(count: number): string {
  if (count >= 999_500) return `${threeFigures(count / 1e6)}M`;
  if (count >= 1000) return `${threeFigures(count / 1e3)}k`;
  return String(count);
}

/** A count with its thousands set apart: 60,000. */
export function fullCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A score in percent with one decimal: 73.7. */
export function score(percent: number): string {
  return percent.toFixed(1);
}

/** A number of parameters as the paper says it: 218k, 1M, 5.5M. */
export function networkSize(parameters: number): string {
  if (parameters >= 999_500) return `${Number((parameters / 1e6).toPrecision(2))}M`;
  return parameters >= 9950 ? `${Math.round(parameters / 1e3)}k` : compactCount(parameters);
}

function threeFigures(value: number): string {
  return String(Number(value.toPrecision(3)));
}
