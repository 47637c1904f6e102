/* Writes a kernelspec with absolute paths into the user's Jupyter folder. */
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { homedir } = require('node:os');
const { join } = require('node:path');

const HELP = `usage: node jupyter/install-kernel.cjs [--force]

For VS Code, which looks for kernels in your home directory. Writes one file there, kernels/tslab/kernel.json in your
Jupyter folder, that points to this copy of the project. "npm run lab" does not need it.
  --force   replace a kernel of the same name that is not this project's
`;

const options = process.argv.slice(2);
if (options.includes('--help')) {
  process.stdout.write(HELP);
  process.exit(0);
}
const unknown = options.find((option) => option !== '--force');
if (unknown) fail(`unknown option ${unknown}\n\n${HELP}`);

const source = join(__dirname, 'kernels', 'tslab');
const spec = JSON.parse(readFileSync(join(source, 'kernel.json'), 'utf8'));
const folder = join(userData(), 'kernels', 'tslab');
const file = join(folder, 'kernel.json');
if (
  existsSync(file) &&
  !options.includes('--force') &&
  !readFileSync(file, 'utf8').includes(spec.display_name)
)
  fail(`${file} is another kernel of the name tslab: remove it, or replace it with --force\n`);

const argv = [process.execPath, ...spec.argv.slice(1).map((part) => part.replace('{resource_dir}', source))];
mkdirSync(folder, { recursive: true });
writeFileSync(file, `${JSON.stringify({ ...spec, argv }, null, 2)}\n`);
console.log(`wrote ${file}\nIn VS Code: Select Kernel, Jupyter Kernel..., ${spec.display_name}`);

/** Where Jupyter keeps a user's data (jupyter_core.paths.jupyter_data_dir). */
function userData() {
  const { JUPYTER_DATA_DIR, XDG_DATA_HOME, APPDATA } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Jupyter');
  if (process.platform === 'win32') return join(APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'jupyter');
  return join(XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'jupyter');
}

function fail(message) {
  process.stderr.write(message);
  process.exit(1);
}
