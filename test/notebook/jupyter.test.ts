import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { repositoryRoot } from '../../src/util/files';
import { chromium, Page } from './browser';
import { folder, outputsOf, printed, writeCells } from './notebooks';

const has = (...command: [string, ...string[]]) => spawnSync(command[0], command.slice(1)).status === 0;
const needed = 'apt-get install jupyter-notebook jupyter-nbconvert chromium';

const cells = [
  "import * as es from './src/index';\nimport { DataFrame } from 'danfojs-node';",
  "es.paperCurves(es.readPaperCurves(), { task: 'segmentation', dataset: 'mnist' })",
  "new DataFrame([{ model: 'S2CNN', images: 10000 }])",
  "console.log('the end');",
];

/** The types of the outputs of each cell. */
const typesOf = (path: string) =>
  outputsOf(path).map((outputs) =>
    outputs.flatMap((output) => ('data' in output ? Object.keys(output.data).sort() : [])),
  );

const figureTypes = ['application/vnd.plotly.v1+json', 'image/png', 'text/plain'];

test('nbconvert runs a notebook on our kernel', (t) => {
  if (!has('jupyter', 'nbconvert', '--version')) return t.skip(`no nbconvert here: ${needed}`);
  const path = writeCells('converted', ...cells);
  const env = { ...process.env, JUPYTER_PATH: join(repositoryRoot, 'jupyter') };
  const args = ['nbconvert', '--to', 'notebook', '--inplace', '--execute', path];
  const { status, stderr } = spawnSync('jupyter', args, { env, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.deepEqual(typesOf(path), [[], figureTypes, ['text/html', 'text/plain'], []]);
  assert.equal(printed(outputsOf(path)[3]), 'the end\n');

  const page = spawnSync('jupyter', ['nbconvert', '--to', 'html', '--stdout', path], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  assert.match(page.stdout, /<img[^>]+src="data:image\/png;base64,/, 'without scripts there is a picture');
  assert.match(page.stdout, /<td align="right"[^>]*>10,000<\/td>/);
});

interface Front {
  path: string;
  options: string[];
  isReady: string;
  runAll: string;
  /** An error of the front end's own. */
  known: RegExp;
}

const fronts: Record<'lab' | 'notebook', Front> = {
  lab: {
    path: 'lab/tree',
    options: [
      '--ServerApp.token=secret',
      '--LabApp.expose_app_in_browser=True',
      `--ServerApp.root_dir=${folder}`,
    ],
    isReady: "jupyterapp.shell.currentWidget.sessionContext.session.kernel.connectionStatus === 'connected'",
    runAll: "jupyterapp.commands.execute('notebook:run-all-cells')",
    known: /No active debugger session/, // of a kernel that does not debug
  },
  notebook: {
    path: 'notebooks',
    options: ['--NotebookApp.token=secret', `--NotebookApp.notebook_dir=${folder}`],
    isReady: 'Jupyter.notebook.kernel.is_connected()',
    runAll: 'Jupyter.notebook.execute_all_cells()',
    known: /nbextensions\/widgets/, // an extension that it loads and Debian does not ship
  },
};

test('npm run lab opens a notebook, runs it and draws its figure', { timeout: 600_000 }, async (t) => {
  const name = (['lab', 'notebook'] as const).find((name) => has('jupyter', name, '--version'));
  if (!chromium || !name) return t.skip(`no Jupyter or no Chromium here: ${needed}`);
  const front = fronts[name];
  const address = await startJupyter(t, front.options);
  const file = basename(writeCells('opened', ...cells));
  const page = await Page.open(`${address}/${front.path}/${file}?token=secret`);
  t.after(() => page.close());
  await page.until(front.isReady);
  await page.evaluate(front.runAll);
  const texts = (tag: string) => `[...document.querySelectorAll('${tag}')].map((e) => e.textContent.trim())`;
  await page.until(`${texts('pre')}.includes('the end')`);
  await page.until(`${texts('td')}.includes('10,000')`);
  await page.until("document.querySelector('.js-plotly-plot .main-svg') !== null");
  assert.deepEqual(
    page.errors.filter((error) => !front.known.test(error)),
    [],
  );
});

/** Starts Jupyter as `npm run lab` does, with no file of the user's. @returns its address */
async function startJupyter(t: TestContext, options: string[]): Promise<string> {
  const own = {
    JUPYTER_CONFIG_DIR: folder,
    JUPYTER_DATA_DIR: folder,
    JUPYTER_RUNTIME_DIR: join(folder, 'runtime'),
  };
  const args = [join(repositoryRoot, 'jupyter', 'lab.cjs'), '--no-browser', '--allow-root', ...options];
  const server = spawn(process.execPath, args, { env: { ...process.env, ...own } });
  t.after(async () => {
    server.kill('SIGTERM');
    await once(server, 'exit');
  });
  let log = '';
  return new Promise((resolve, reject) => {
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (text) => {
        log += text;
        const found = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(log);
        if (found) resolve(found[0]);
      });
    server.once('exit', () => reject(new Error(log)));
  });
}
