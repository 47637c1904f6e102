/* A process that sweeps some tiny experiments into a folder, as the command does, and prints the table. */
import { resultsTable } from '../../src/analysis/table';
import { runFolders } from '../../src/commands/folders';
import { withInterrupts } from '../../src/commands/interrupt';
import { runInJobs } from '../../src/commands/jobs';
import { statusLine } from '../../src/commands/status';
import { loadDigits } from '../../src/datasets/load';
import { tinyGrid } from './tiny_grid';

async function sweep(out: string, jobs: number): Promise<void> {
  const status = statusLine();
  const digits = await loadDigits('glyphs', { glyphs: { train: 300, test: 60 } });
  const request = {
    experiments: tinyGrid,
    sideBySide: true,
    digits: [digits],
    folders: runFolders({ out }),
    machine: { engine: 'wasm', jobs },
  } as const;
  const results = await withInterrupts(status, (signal) => runInJobs(request, { status, signal }));
  status.log(`table\n${resultsTable(results)}`);
  process.exit();
}

void sweep(process.argv[2], Number(process.argv[3]));
