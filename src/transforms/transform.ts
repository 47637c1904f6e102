import type { Lane } from '../engine/wasm/threads/lane';
import type { Samples } from './samples';

/**
 * The transforms between a batch of signals on their grid and its spectrum. Each way is the transpose of the other, and
 * so its gradient. They run for some samples of the batch at a time; grids and spectra are addresses of the whole batch's.
 */
export interface Transform {
  /** Number of values in the spectrum of the batch. */
  readonly spectrumLength: number;
  /** Bytes that the largest step hands on for each sample. */
  readonly bytesPerSample: number;
  /**
   * Grid to spectrum.
   * @param passed what `synthesise` said there: the grid counts only where ReLU let values through
   */
  analyse(lane: Lane, samples: Samples, grid: number, spectrum: number, passed?: number): void;
  /** Spectrum to grid. */
  synthesise(lane: Lane, samples: Samples, spectrum: number, grid: number, epilogue?: Epilogue): void;
}

/** What a synthesis does to its values at the end. */
export interface Epilogue {
  /** Address of [C], added to every point. */
  readonly bias?: number;
  /** Where to say which values ReLU lets through; with it, and a bias, negative values become 0. */
  readonly passed?: number;
}

/** Between a kernel [inputs, outputs, points] and its spectrum, both addresses. */
export interface KernelTransform {
  toSpectrum(kernel: number, spectrum: number): void;
  /** The transpose: from the gradient by the spectrum to that by the kernel. */
  toKernel(spectrum: number, kernel: number): void;
}
