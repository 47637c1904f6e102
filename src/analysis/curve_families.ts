/**
 * The shapes that a score over the number of training images may have, all written alike:
 *
 *   s(n) = base + gain rise(n),  base >= 0, gain >= 0, base + gain <= 100
 *
 * | family | rise(n) | base | base + gain | shape |
 * | --- | --- | --- | --- | --- |
 * | straight | ln(n/first) / ln(last/first) | score at `first` | score at `last` | none |
 * | power | 1 - (n/first)^-exponent | score at `first` | limit | exponent |
 * | logistic | 1 / (1 + (midpoint/n)^steepness) | floor | limit | midpoint, steepness |
 *
 * `first` and `last` are the smallest and the largest n that were measured. The power law is that of Hestness et al.
 * 2017 ("Deep learning scaling is predictable, empirically"); the logistic curve in ln n has a floor as well, for
 * networks that learn nothing from the first thousands of images; the straight one has not begun to saturate.
 */
export const familyNames = ['straight', 'power', 'logistic'] as const;

export type FamilyName = (typeof familyNames)[number];

/** The numbers of images that were measured, from the smallest to the largest. */
export interface Span {
  first: number;
  last: number;
}

/** A parameter of a family's shape, searched on a logarithmic scale between two bounds. */
export interface ShapeParameter {
  name: string;
  low: number;
  high: number;
  /** Steps of the first, coarse search. */
  steps: number;
}

export interface CurveFamily {
  /** Whether the score tends to base + gain with ever more images. */
  saturates: boolean;
  shape(span: Span): ShapeParameter[];
  rise(n: number, shape: readonly number[], span: Span): number;
  /** The n at which the rise has a value; Infinity where it is never reached. */
  inverse(rise: number, shape: readonly number[], span: Span): number;
}

export const families: Record<FamilyName, CurveFamily> = {
  straight: {
    saturates: false,
    shape: () => [],
    rise: (n, _shape, { first, last }) => Math.log(n / first) / Math.log(last / first),
    inverse: (rise, _shape, { first, last }) => first * (last / first) ** rise,
  },
  power: {
    saturates: true,
    /** Slower or faster than these it cannot be told from a straight line or a step. */
    shape: () => [{ name: 'exponent', low: 0.02, high: 4, steps: 40 }],
    rise: (n, [exponent], { first }) => 1 - (n / first) ** -exponent,
    inverse: (rise, [exponent], { first }) => (rise < 1 ? first * (1 - rise) ** (-1 / exponent) : Infinity),
  },
  logistic: {
    saturates: true,
    /** At least half of the rise must have been seen; steeper than 8 it is a step. */
    shape: ({ first, last }) => [
      { name: 'midpoint', low: first, high: last, steps: 16 },
      { name: 'steepness', low: 0.25, high: 8, steps: 12 },
    ],
    rise: (n, [midpoint, steepness]) => 1 / (1 + (midpoint / n) ** steepness),
    inverse: (rise, [midpoint, steepness]) => {
      if (rise <= 0) return 0;
      return rise < 1 ? midpoint * (rise / (1 - rise)) ** (1 / steepness) : Infinity;
    },
  },
};
