import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { codeCells, readNotebook, writeNotebook } from '../../src/notebook/ipynb';
import { folder } from './notebooks';

const path = join(folder, 'format.ipynb');

test('a notebook is written as Jupyter writes it, JSON outputs on one line', () => {
  writeFileSync(
    path,
    JSON.stringify({
      nbformat_minor: 5,
      nbformat: 4,
      metadata: {},
      cells: [
        { cell_type: 'markdown', metadata: {}, source: '# Title' },
        {
          cell_type: 'code',
          id: 'kept',
          metadata: {},
          execution_count: 1,
          source: ['const a = 1;\n', 'a'],
          outputs: [],
        },
      ],
    }),
  );
  const notebook = readNotebook(path);
  assert.equal(notebook.cells[1].source, 'const a = 1;\na');
  notebook.cells[1].outputs = [
    { output_type: 'stream', name: 'stdout', text: 'one\ntwo' },
    {
      output_type: 'display_data',
      data: {
        'text/plain': 'alt',
        'image/png': 'QUJD',
        'application/vnd.plotly.v1+json': { y: [1, 2], x: [] },
      },
      metadata: {},
    },
  ];
  writeNotebook(path, notebook);
  assert.equal(
    readFileSync(path, 'utf8'),
    `{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "cell-1",
   "metadata": {},
   "source": [
    "# Title"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 1,
   "id": "kept",
   "metadata": {},
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "one\\n",
      "two"
     ]
    },
    {
     "data": {
      "application/vnd.plotly.v1+json": {"y":[1,2],"x":[]},
      "image/png": "QUJD",
      "text/plain": [
       "alt"
      ]
     },
     "metadata": {},
     "output_type": "display_data"
    }
   ],
   "source": [
    "const a = 1;\\n",
    "a"
   ]
  }
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
`,
  );
});

test('code cells are those with code', () => {
  const cell = (cell_type: string, source: string) => ({ cell_type, source, metadata: {} });
  const cells = [cell('markdown', 'text'), cell('code', ' \n'), cell('code', '1'), cell('raw', 'x')];
  const notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  assert.deepEqual(codeCells(notebook), [cells[2]]);
});

test('what is no notebook is named', () => {
  const missing = join(folder, 'missing.ipynb');
  assert.throws(() => readNotebook(missing), {
    name: 'UsageError',
    message: /missing\.ipynb: cannot be read/,
  });
  writeFileSync(path, '{"cells": [');
  assert.throws(() => readNotebook(path), { name: 'UsageError', message: /cannot be read as a notebook/ });
  writeFileSync(path, '{"worksheets": [], "nbformat": 3}');
  assert.throws(() => readNotebook(path), { name: 'UsageError', message: /not a notebook of format 4/ });
});
