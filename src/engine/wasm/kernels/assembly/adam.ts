/**
 * One step of Adam (Kingma and Ba 2015, algorithm 1), in place; rest is 1 - beta, which float32 would spoil:
 *
 *   first = beta1 first + rest1 gradient,   second = beta2 second + rest2 gradient^2
 *   weight -= rate first / (correction sqrt(second) + epsilon)
 */
export function adam(
  weight: usize, gradient: usize, first: usize, second: usize, count: i32,
  beta1: f32, rest1: f32, beta2: f32, rest2: f32, rate: f32, correction: f32, epsilon: f32,
): void {
  const keep1 = f32x4.splat(beta1), add1 = f32x4.splat(rest1);
  const keep2 = f32x4.splat(beta2), add2 = f32x4.splat(rest2);
  const rates = f32x4.splat(rate), corrections = f32x4.splat(correction), epsilons = f32x4.splat(epsilon);
  let i: usize = 0;
  const bytes: usize = 4 * <usize>count;
  for (; i + 16 <= bytes; i += 16) {
    const g = v128.load(gradient + i);
    const m = f32x4.add(f32x4.mul(v128.load(first + i), keep1), f32x4.mul(g, add1));
    const v = f32x4.add(f32x4.mul(v128.load(second + i), keep2), f32x4.mul(f32x4.mul(g, g), add2));
    v128.store(first + i, m);
    v128.store(second + i, v);
    const scale = f32x4.add(f32x4.mul(f32x4.sqrt(v), corrections), epsilons);
    v128.store(weight + i, f32x4.sub(v128.load(weight + i), f32x4.div(f32x4.mul(m, rates), scale)));
  }
  for (; i < bytes; i += 4) {
    const g = load<f32>(gradient + i);
    const m = load<f32>(first + i) * beta1 + g * rest1;
    const v = load<f32>(second + i) * beta2 + g * g * rest2;
    store<f32>(first + i, m);
    store<f32>(second + i, v);
    store<f32>(weight + i, load<f32>(weight + i) - (m * rate) / (sqrt(v) * correction + epsilon));
  }
}
