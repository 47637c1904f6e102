import type { PageNetwork, WasmBinaries } from '../payload';
import type { FromWorker, Subject, ToWorker } from './messages';
import type { Turn } from './turn';

/** The networks on a thread of their own. */
export class Client {
  private readonly worker: Worker;
  private surveys = 0;

  /** @param script of the worker */
  constructor(script: string, hear: (message: FromWorker) => void) {
    this.worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
    this.worker.onmessage = ({ data }: { data: FromWorker }) => {
      if (data.kind !== 'surveyed' || data.id === this.surveys) hear(data);
    };
    this.worker.onerror = ({ message }) => hear({ kind: 'failed', message });
  }

  start(networks: PageNetwork[], wasm: WasmBinaries): void {
    this.post({ kind: 'start', networks, wasm });
  }

  /** Asks all networks of the subject's task. An earlier question that nobody has begun with is dropped. */
  ask(subject: Subject, turn: Turn): void {
    this.post({ kind: 'ask', subject, turn });
  }

  /** Begins a survey in the place of the one before. @param roll in radians */
  survey(subject: Subject, roll: number): void {
    this.post({ kind: 'survey', id: ++this.surveys, subject, roll });
  }

  stopSurvey(): void {
    this.surveys++;
    this.post({ kind: 'stop survey' });
  }

  private post(message: ToWorker): void {
    this.worker.postMessage(message);
  }
}
