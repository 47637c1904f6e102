import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { costTableMarkdown } from '../analysis/cost_table';
import { mainTable, mainTableMarkdown } from '../analysis/main_table';
import { readPaperCurves } from '../analysis/paper';
import { isFinerGrid, isUsualData } from '../analysis/selection';
import { type CostRow, readCosts } from '../results/measurements';
import { readResults } from '../results/read';
import type { ResultRow } from '../results/rows';
import { makeWritable, repositoryRoot, writeFileAtomic } from '../util/files';
import { publishedFolder } from './folders';

/** Pages that hold tables. */
export const pagesWithTables = ['README.md', 'docs/results.md', 'docs/speed.md'].map((page) =>
  join(repositoryRoot, page),
);

/** What tables are made from: numbers that stand in them come from nowhere else. */
export interface TableData {
  rows: readonly ResultRow[];
  costs: readonly CostRow[];
}

/** `<!-- table quick mnist -->`, `<!-- short table quick mnist -->` or `<!-- costs -->` to `<!-- end -->` */
const table = /(<!-- (short )?table (\S+) (\S+) -->\n)[\s\S]*?(<!-- end -->)/g;
const costTable = /(<!-- costs -->\n)[\s\S]*?(<!-- end -->)/g;

/** A page with its tables made anew. */
export function withTables(text: string, { rows, costs }: TableData): string {
  const paper = readPaperCurves();
  const made = text.replace(
    table,
    (_, head: string, short: string, tier: string, dataset: string, end: string) => {
      const isMain = (row: ResultRow) =>
        row.tier === tier &&
        row.dataset === dataset &&
        isUsualData(row) &&
        (row.variant === '' || isFinerGrid(row));
      return `${head}${mainTableMarkdown(mainTable(rows.filter(isMain), paper, short ? 'short' : 'whole'))}\n${end}`;
    },
  );
  return made.replace(
    costTable,
    (_, head: string, end: string) => `${head}${costTableMarkdown(costs)}\n${end}`,
  );
}

/** @throws the system's error if the pages cannot be written */
export function checkPagesWritable(): void {
  for (const path of pagesWithTables) makeWritable(dirname(path));
}

/** Makes the tables of all pages anew from what is published. */
export function updateTables(): void {
  const data = { rows: readResults(publishedFolder).rows, costs: readCosts() };
  for (const path of pagesWithTables) writeFileAtomic(path, withTables(readFileSync(path, 'utf8'), data));
}
