import * as tf from '@tensorflow/tfjs';
import { startEngine } from '/work/main/src/engine/start';
import { cases } from '/work/main/bench/cases';
const letters = process.argv.slice(2);
async function main() {
  await startEngine({ engine: 'wasm', threads: 1 });
  const times = new Map<string, number>();
  let depth = 0;
  for (const k of tf.getKernelsForBackend('wasm')) {
    const f = k.kernelFunc;
    tf.unregisterKernel(k.kernelName, 'wasm');
    tf.registerKernel({ ...k, kernelFunc: (a: any) => {
      const t = performance.now(); depth++;
      try { return f(a); } finally { depth--; if (depth === 0) times.set(keyOf(k.kernelName,a), (times.get(keyOf(k.kernelName,a)) ?? 0) + performance.now() - t); }
    }});
  }
  for (const letter of letters) {
    const c = cases.find((x) => x.letter === letter)!;
    const step = c.build().step!;
    const res: Record<string, number[]> = {};
    for (const [i, threads] of [1, 2].entries()) {
      await startEngine({ engine: 'wasm', threads });
      for (let k = 0; k < 5; k++) await step();
      // per-step minima of each kernel's sum
      const best = new Map<string, number>(); let bt = 1e9;
      const t0 = performance.now();
      while (performance.now() - t0 < 2500) {
        times.clear(); const b = performance.now(); await step(); const all = performance.now() - b;
        bt = Math.min(bt, all);
        let s = 0;
        for (const [n, t] of times) { s += t; best.set(n, Math.min(best.get(n) ?? 1e9, t)); }
        best.set('outside', Math.min(best.get('outside') ?? 1e9, all - s));
      }
      best.set('TOTAL', bt);
      for (const [n, t] of best) (res[n] ??= [])[i] = t;
    }
    console.log(letter, c.name, c.shapes);
    for (const [n, [a, b]] of Object.entries(res).sort((x, y) => y[1][1] - x[1][1])) if (a > 0.3 && /Conv|TOTAL|out/.test(n)) console.log(`  ${n.padEnd(60)} ${a.toFixed(2).padStart(8)} ${b.toFixed(2).padStart(8)} ${(a / b).toFixed(2)}`);
  }
  process.exit(0);
}
main();
function keyOf(n: string, a: any) { return /Conv2D|Add/.test(n) ? n + ' ' + Object.values(a.inputs).map((t: any) => t ? '[' + t.shape + ']' : '').join(' ') + ' ' + (a.attrs?.strides ?? '') + '>' + (a.attrs?.filterShape ?? '') : n; }
