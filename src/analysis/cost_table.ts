import type { CostRow } from '../results/measurements';
import { markdownTable } from './table';

/** What networks cost, as a table in Markdown with a line of who measured it. */
export function costTableMarkdown(costs: readonly CostRow[]): string {
  if (costs.length === 0) return 'Nothing measured yet.';
  const rows = costs.map((row) => ({
    network: row.model,
    task: row.task,
    parameters: row.parameters.toLocaleString('en'),
    'multiply-adds': `${(row.multiplyAdds / 1e6).toPrecision(3)} M`,
    weights: `${(row.bytes / 1e6).toPrecision(2)} MB`,
    'answer to 1': milliseconds(row.milliseconds1),
    'to 32': milliseconds(row.milliseconds32),
    'training, a sphere': row.trainingMilliseconds === null ? '-' : milliseconds(row.trainingMilliseconds),
  }));
  const by = [
    ...new Set(
      costs.map(({ engine, processor, bandwidth }) => `${engine} (${processor}), bandwidth ${bandwidth}`),
    ),
  ];
  return `${markdownTable(rows)}\n\nMeasured with ${by.join('; ')}.`;
}

function milliseconds(value: number): string {
  return `${Number(value.toPrecision(2))} ms`;
}
