import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mainTable, mainTableMarkdown } from '../analysis/main_table';
import { readPaperCurves } from '../analysis/paper';
import { readResults } from '../results/read';
import type { ResultRow } from '../results/rows';
import { repositoryRoot, writeFileAtomic } from '../util/files';
import { publishedFolder } from './folders';

export const readmePath = join(repositoryRoot, 'README.md');

/** `<!-- table quick mnist -->` ... `<!-- end -->` */
const region = /(<!-- table (\S+) (\S+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** The README with its tables made from results: numbers that stand there come from nowhere else. */
export function readmeWithTables(text: string, rows: readonly ResultRow[]): string {
  const paper = readPaperCurves();
  return text.replace(region, (_, head: string, tier: string, dataset: string, end: string) => {
    const isMain = (row: ResultRow) =>
      row.tier === tier &&
      row.dataset === dataset &&
      row.fidelity === 'corrected' &&
      row.digitsPerSphere === 1;
    return `${head}${mainTableMarkdown(mainTable(rows.filter(isMain), paper))}\n${end}`;
  });
}

/** Makes the README's tables anew from the published results. */
export function updateReadme(): void {
  writeFileAtomic(
    readmePath,
    readmeWithTables(readFileSync(readmePath, 'utf8'), readResults(publishedFolder).rows),
  );
}
