import type { KernelHeap } from '../engine/wasm/memory/kernel_heap';
import { type RingKernel, ringKernelGradient, ringKernelSpectrum } from '../transforms/kernel_rings';
import { tableKernelGradient, tableKernelSpectrum } from '../transforms/kernel_table';
import { kernelTruncation } from '../transforms/product';
import { type ConvolutionPlan, tableKernelOf } from './convolution_plan';
import { ringAngles, ringAzimuths, ringTurns } from './kernel_grid';

/** A plan's kernel [inputs, outputs, points] to its spectrum, both addresses in the heap. */
export function kernelSpectrum(heap: KernelHeap, plan: ConvolutionPlan, kernel: number, spectrum: number) {
  const { filter, scale, inputs, outputs } = plan;
  if (filter.kind === 'identity') scaleValues(heap, kernel, spectrum, plan);
  else if (filter.kind === 'rings') ringKernelSpectrum(heap, kernel, spectrum, ringsOf(plan), scale);
  else tableKernelSpectrum(heap, kernel, spectrum, tableKernelOf(plan), scale, inputs, outputs);
}

/** The transpose: the gradient by the spectrum to that by the kernel. */
export function kernelGradient(heap: KernelHeap, plan: ConvolutionPlan, spectrum: number, kernel: number) {
  const { filter, scale, inputs, outputs } = plan;
  if (filter.kind === 'identity') scaleValues(heap, spectrum, kernel, plan);
  else if (filter.kind === 'rings') ringKernelGradient(heap, spectrum, kernel, ringsOf(plan), scale);
  else tableKernelGradient(heap, spectrum, kernel, tableKernelOf(plan), scale, inputs, outputs);
}

function ringsOf({ filter: { name, grid }, limits, inputs, outputs }: ConvolutionPlan): RingKernel {
  return {
    name,
    rings: ringAngles(grid),
    azimuths: ringAzimuths(grid),
    turns: ringTurns(grid),
    truncation: kernelTruncation(limits),
    inputs,
    outputs,
  };
}

function scaleValues(
  heap: KernelHeap,
  from: number,
  to: number,
  { inputs, outputs, scale }: ConvolutionPlan,
) {
  const floats = heap.floats;
  for (let i = 0; i < inputs * outputs; i++) floats[(to >>> 2) + i] = scale * floats[(from >>> 2) + i];
}
