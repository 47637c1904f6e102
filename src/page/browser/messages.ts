import type { Task } from '../../datasets/task';
import type { PageNetwork, WasmBinaries } from '../payload';
import type { Turn } from './turn';

/** An image on the sphere and what is asked of it. */
export interface Subject {
  /** names the image: answers to another one are stale */
  key: string;
  task: Task;
  /** [28, 28], 0..255 */
  pixels: Uint8Array;
  /** null for a digit that the visitor drew */
  label: number | null;
}

export type ToWorker =
  | { kind: 'start'; networks: PageNetwork[]; wasm: WasmBinaries }
  /** what each network of the task says; only the latest question is answered */
  | { kind: 'ask'; subject: Subject; turn: Turn }
  /** how well each network does over all tilts at one roll, in radians; only the latest survey goes on */
  | { kind: 'survey'; id: number; subject: Subject; roll: number }
  | { kind: 'stop survey' };

/** What a network makes of one sphere. */
export interface Answer {
  /** the digit; null if it sees none */
  said: number | null;
  /** 0..1: 1 or 0 for a right or a wrong digit, for a mask its intersection over union with the true one */
  score: number;
  /** [10], or [2b, 2b, 11] for a mask */
  logits: Float32Array;
}

export type FromWorker =
  | { kind: 'ready'; backend: string }
  | { kind: 'answer'; key: string; turn: Turn; network: string; answer: Answer; upright: Answer }
  /** scores of the tilts first, first + 1, ... of tilts.ts, for each network */
  | { kind: 'surveyed'; id: number; first: number; scores: Record<string, number[]> }
  | { kind: 'failed'; message: string };
