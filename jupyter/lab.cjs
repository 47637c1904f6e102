/* Starts JupyterLab or Jupyter Notebook with the project's kernel, installing nothing. */
const { spawn, spawnSync } = require('node:child_process');
const { copyFileSync, existsSync, linkSync, rmSync } = require('node:fs');
const { delimiter, join } = require('node:path');

const HELP = `usage: npm run lab [-- OPTIONS]

Opens the notebooks in JupyterLab, or else in Jupyter Notebook, with this project's TypeScript kernel and interactive
figures. Nothing is installed: Jupyter finds both through JUPYTER_PATH and JUPYTER_CONFIG_PATH.
OPTIONS go to Jupyter, as in: npm run lab -- --no-browser --port 8890
`;

const MISSING = `Neither JupyterLab nor Jupyter Notebook is installed. One of these installs one:
  pip install jupyterlab
  apt install jupyter-notebook      (Debian, Ubuntu)
  conda install -c conda-forge jupyterlab
Then run "npm run lab" again. VS Code needs none of them: see "node jupyter/install-kernel.cjs --help".
The notebooks also run without Jupyter: npm run notebooks
`;

const root = join(__dirname, '..');
const options = process.argv.slice(2);
if (options.includes('--help')) {
  process.stdout.write(HELP);
  process.exit(0);
}

const front = ['lab', 'notebook'].find((name) => spawnSync('jupyter', [name, '--version']).status === 0);
if (!front) {
  process.stderr.write(MISSING);
  process.exit(1);
}
if (!existsSync(join(root, 'node_modules', 'tslab'))) {
  console.error('The kernel needs the packages of this project: run "npm ci" first.');
  process.exit(1);
}

for (const folder of ['labextensions/equisphere-figures/static', 'nbextensions/equisphere-figures'])
  placePlotly(join(__dirname, folder, 'plotly.js'));
const env = {
  ...process.env,
  JUPYTER_PATH: before('JUPYTER_PATH', __dirname),
  JUPYTER_CONFIG_PATH: before('JUPYTER_CONFIG_PATH', join(__dirname, 'config')),
};
const jupyter = spawn('jupyter', [front, ...options], { cwd: root, env, stdio: 'inherit' });
process.on('SIGINT', () => undefined); // Jupyter gets the Ctrl-C too, and asks
process.on('SIGTERM', () => jupyter.kill());
jupyter.on('exit', (code) => process.exit(code ?? 1));

/** The variable's list of folders with one more in front. */
function before(variable, folder) {
  return [folder, process.env[variable]].filter(Boolean).join(delimiter);
}

/** Puts plotly where Jupyter's pages can load it: not as a symbolic link, which Jupyter does not follow. */
function placePlotly(target) {
  const source = require.resolve('plotly.js-dist');
  try {
    rmSync(target, { force: true });
    try {
      linkSync(source, target);
    } catch {
      copyFileSync(source, target); // on another disk
    }
  } catch (error) {
    console.error(`Figures will be pictures, not interactive: ${error.message}`);
  }
}
