import type { KernelHeap } from '../engine/wasm/memory/kernel_heap';
import { RingKernelTransform } from '../transforms/kernel_rings';
import { TableKernelTransform } from '../transforms/kernel_table';
import { kernelTruncation } from '../transforms/product';
import type { KernelTransform } from '../transforms/transform';
import { type ConvolutionPlan, tableKernelOf } from './convolution_plan';
import { ringAngles, ringAzimuths, ringTurns } from './kernel_grid';

/** Between a plan's kernel and its spectrum, in the heap. */
export function kernelTransform(heap: KernelHeap, plan: ConvolutionPlan): KernelTransform {
  const { filter, limits, scale, inputs, outputs } = plan;
  if (filter.kind === 'identity') return scaling(heap, inputs * outputs, scale);
  if (filter.kind === 'table')
    return new TableKernelTransform(heap, tableKernelOf(plan), scale, inputs, outputs);
  const { name, grid } = filter;
  const rings = {
    name,
    rings: ringAngles(grid),
    azimuths: ringAzimuths(grid),
    turns: ringTurns(grid),
    truncation: kernelTruncation(limits),
    inputs,
    outputs,
  };
  return new RingKernelTransform(heap, rings, scale);
}

/** Of kernels with one point, the identity, which are their spectra. */
function scaling(heap: KernelHeap, length: number, scale: number): KernelTransform {
  const scaleValues = (from: number, to: number) => {
    const { floats } = heap;
    for (let i = 0; i < length; i++) floats[(to >>> 2) + i] = scale * floats[(from >>> 2) + i];
  };
  return { toSpectrum: scaleValues, toKernel: scaleValues };
}
