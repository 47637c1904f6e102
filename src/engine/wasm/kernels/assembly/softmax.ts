// Mean cross-entropy of a softmax against integer classes, with its gradient.

const ROWS: i32 = 64; // at a time, so that a block stays in the cache through its passes

/**
 * Sum of the weights of rows with labels int32 [rows], classWeights [classes] or 0 for equal ones; -1 if a label is not
 * one of 0..classes-1.
 */
export function labelWeight(labels: usize, classWeights: usize, rows: i32, classes: i32): f64 {
  let total: f64 = 0;
  for (let r = 0; r < rows; r++, labels += 4) {
    if (load<u32>(labels) >= <u32>classes) return -1;
    total += weightOf(labels, classWeights);
  }
  return total;
}

/**
 * logits [rows, classes], of a batch whose rows weigh `total` in all. Writes (softmax - onehot) weight / total to gradient
 * [rows, classes], and the sum of weight * cross-entropy / total, to out.
 */
export function softmaxCrossEntropy(
  logits: usize, labels: usize, classWeights: usize, rows: i32, classes: i32, total: f64, gradient: usize, out: usize,
): void {
  const perWeight: f64 = 1 / total;
  const row = 4 * classes;
  let loss: f64 = 0;
  for (let first = 0; first < rows; first += ROWS) {
    const count = min(ROWS, rows - first);
    for (let r = 0; r < count; r++) {
      const peak = largest(logits + r * row, classes);
      for (let c = 0; c < classes; c++)
        store<f32>(gradient + r * row + 4 * c, load<f32>(logits + r * row + 4 * c) - peak);
      loss -= weightOf(labels + 4 * r, classWeights) * load<f32>(gradient + r * row + 4 * load<i32>(labels + 4 * r));
    }
    exponentials(gradient, count * classes);
    for (let r = 0; r < count; r++) {
      const weight = weightOf(labels + 4 * r, classWeights);
      let sum: f32 = 0;
      for (let c = 0; c < classes; c++) sum += load<f32>(gradient + 4 * c);
      loss += weight * logarithm(sum);
      const part = <f32>(weight * perWeight);
      const scale = part / sum;
      for (let c = 0; c < classes; c++) store<f32>(gradient + 4 * c, load<f32>(gradient + 4 * c) * scale);
      const target = gradient + 4 * load<i32>(labels + 4 * r);
      store<f32>(target, load<f32>(target) - part);
      gradient += row;
    }
    logits += count * row;
    labels += 4 * count;
  }
  store<f32>(out, <f32>(loss * perWeight));
}

// @ts-ignore: decorator
@inline
function weightOf(label: usize, classWeights: usize): f64 {
  return classWeights ? load<f32>(classWeights + 4 * load<i32>(label)) : 1;
}

// @ts-ignore: decorator
@inline
function largest(x: usize, count: i32): f32 {
  let best = load<f32>(x);
  for (let c = 1; c < count; c++) best = max(best, load<f32>(x + 4 * c));
  return best;
}

// log(x) of a positive normal number: x = 2^k m, log m = 2 atanh(t) by its series, |t| < 0.172, to 1e-13.
// Math.log has a table, which would lie in memory that is not ours.
// @ts-ignore: decorator
@inline
function logarithm(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let k = <i32>(bits >> 52) - 1023;
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > Math.SQRT2) { m /= 2; k++; }
  const t = (m - 1) / (m + 1), u = t * t;
  const series = 1 + u * (1.0 / 3 + u * (1.0 / 5 + u * (1.0 / 7 + u * (1.0 / 9 + u * (1.0 / 11 + u * (1.0 / 13 + u / 15))))));
  return k * Math.LN2 + 2 * t * series;
}

// x[i] = exp(x[i]) in place, for x <= 0.
function exponentials(x: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4, x += 16) v128.store(x, exponential(v128.load(x)));
  for (; i < count; i++, x += 4)
    store<f32>(x, f32x4.extract_lane(exponential(f32x4.splat(load<f32>(x))), 0));
}

// exp(x) = 2^n exp(r), n the integer nearest to x / ln 2, |r| <= ln 2 / 2, by the polynomial of the Cephes
// library (expf, relative error 2e-7). Below -87 the result is 1.6e-38 or so in place of smaller numbers.
// @ts-ignore: decorator
@inline
function exponential(x: v128): v128 {
  x = f32x4.pmax(f32x4.splat(-87), x);
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let y = f32x4.splat(1.9875691500e-4);
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(1.3981999507e-3));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(8.3334519073e-3));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(4.1665795894e-2));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(1.6666665459e-1));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(5.0000001201e-1));
  y = f32x4.add(f32x4.add(f32x4.mul(y, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(y, power);
}
