import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The functions of kernels.wasm; pointers are byte addresses in the memory they were loaded with. */
export interface Kernels {
  panelBytes(): number;
  sgemm(
    m: number,
    n: number,
    k: number,
    alpha: number,
    a: number,
    rowA: number,
    columnA: number,
    b: number,
    rowB: number,
    columnB: number,
    beta: number,
    c: number,
    ldc: number,
    panel: number,
  ): void;
  addBias(y: number, bias: number, points: number, channels: number, relu: boolean): void;
  maskPositive(gradient: number, y: number, out: number, size: number): void;
  ordersFromFourier: MoveOrders;
  fourierFromOrders: MoveOrders;
  degreesFromOrders: MoveDegrees;
  ordersFromDegrees: MoveDegrees;
  spectrumFromRings: MoveRings;
  ringsFromSpectrum: MoveRings;
}

type MoveOrders = (
  from: number,
  to: number,
  left: number,
  right: number,
  channels: number,
  batch: number,
  rings: number,
  ring: number,
  opposite: number,
) => void;

type MoveDegrees = (
  from: number,
  to: number,
  starts: number,
  degrees: number,
  left: number,
  right: number,
  channels: number,
  batch: number,
) => void;

type MoveRings = (
  from: number,
  wigner: number,
  to: number,
  starts: number,
  degrees: number,
  ordersP: number,
  ordersN: number,
  rings: number,
  azimuthPeriod: number,
  gammaPeriod: number,
  inputs: number,
  outputs: number,
) => void;

/** Instantiates our SIMD kernels on a memory. They hold no data of their own, so it stays its owner's. */
export function loadKernels(memory: WebAssembly.Memory): Kernels {
  const module = new WebAssembly.Module(readFileSync(join(__dirname, 'kernels.wasm')));
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return instance.exports as unknown as Kernels;
}
