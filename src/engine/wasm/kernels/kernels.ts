/** The functions that assembly/ compiles to; pointers are byte addresses in the memory they were loaded with. */
export interface Kernels {
  /** Whether they were compiled with relaxed SIMD, whose multiply-add rounds once. */
  isRelaxed(): boolean;
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
  adam(
    weight: number,
    gradient: number,
    first: number,
    second: number,
    count: number,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    rate: number,
    correction: number,
    epsilon: number,
  ): void;
  add(a: number, b: number, size: number, out: number, relu: boolean): void;
  addBias(y: number, bias: number, points: number, channels: number, relu: boolean): void;
  clear(out: number, size: number): void;
  repeat(x: number, size: number, times: number, out: number): void;
  transpose(x: number, rows: number, columns: number, out: number): void;
  maskPositive(gradient: number, y: number, out: number, size: number): void;
  finishRing(t: number, y: number, size: number, columns: number, bias: number, mask: number): void;
  maskRing(gradient: number, mask: number, out: number, size: number, columns: number): void;
  sumRows(x: number, rows: number, columns: number, out: number): void;
  sumSegments(x: number, rows: number, columns: number, ids: number, segments: number, out: number): void;
  /** Sum of the rows' weights; -1 if a label is none of the classes. */
  labelWeight(labels: number, classWeights: number, rows: number, classes: number): number;
  softmaxCrossEntropy(
    logits: number,
    labels: number,
    classWeights: number,
    rows: number,
    classes: number,
    total: number,
    gradient: number,
    out: number,
  ): void;
  poolImage(x: number, ...rest: [...sizes: PoolSizes, scratch: number, out: number]): void;
  unpoolImage(x: number, ...rest: [...sizes: PoolSizes, scratch: number, dy: number, dx: number]): void;
  gatherPixels: MovePixels;
  scatterPixels: MovePixels;
  gatherPatches: MovePatches;
  scatterPatches: MovePatches;
  ordersFromFourier: MoveOrders;
  fourierFromOrders: MoveOrders;
  degreesFromOrders: MoveDegrees;
  ordersFromDegrees: MoveDegrees;
  sphereDegreesFromOrders: MoveSphereDegrees;
  sphereOrdersFromDegrees: MoveSphereDegrees;
  spectrumFromRings: MoveRings;
  ringsFromSpectrum(...sizes: [...sizes: Parameters<MoveRings>, sums: number]): void;
}

type PoolSizes = [
  height: number,
  width: number,
  channels: number,
  kernelHeight: number,
  kernelWidth: number,
  strideY: number,
  strideX: number,
  outHeight: number,
  outWidth: number,
];

type MovePixels = (
  image: number,
  width: number,
  channels: number,
  rowOf: number,
  columnOf: number,
  targetHeight: number,
  targetWidth: number,
  target: number,
) => void;

type MovePatches = (
  image: number,
  height: number,
  width: number,
  channels: number,
  kernelHeight: number,
  kernelWidth: number,
  strideY: number,
  strideX: number,
  top: number,
  left: number,
  outHeight: number,
  outWidth: number,
  patches: number,
) => void;

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
  samples: number,
) => void;

type MoveDegrees = (
  from: number,
  to: number,
  starts: number,
  degrees: number,
  m: number,
  left: number,
  right: number,
  channels: number,
  first: number,
  count: number,
) => void;

type MoveSphereDegrees = (
  from: number,
  to: number,
  starts: number,
  degrees: number,
  m: number,
  left: number,
  channels: number,
  first: number,
  count: number,
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
  firstInput: number,
  lastInput: number,
) => void;

/** Instantiates the kernels, as compiled for such a memory, on a memory. They hold no data of their own, so it stays its owner's. */
export function kernelsOn(memory: WebAssembly.Memory, compiled: WebAssembly.Module): Kernels {
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Kernels;
}

/** The first binary whose instructions this runtime has all; the last if there is none. */
export function firstThatRuns<Binary extends BufferSource>(binaries: readonly Binary[]): Binary {
  return binaries.find((binary) => WebAssembly.validate(binary)) ?? binaries[binaries.length - 1];
}
