/*
 * The notebooks' kernel: tslab, started in the repository's root, so that every notebook imports "./src/index".
 * Jupyter finds it through JUPYTER_PATH=<repository>/jupyter and starts it with the path of a connection file.
 */
const { join, resolve } = require('node:path');

const root = join(__dirname, '..', '..', '..');
const [connectionFile] = process.argv.slice(2);
if (!connectionFile) {
  console.error('usage: node kernel.cjs CONNECTION_FILE (Jupyter starts it so)');
  process.exit(2);
}

async function main() {
  const configPath = resolve(connectionFile);
  process.chdir(root);
  for (const stream of [process.stdout, process.stderr]) stream.isTTY = false; // though Jupyter may run in a terminal
  require('./watchdog.cjs').exitWithParent();
  require('./children.cjs').showChildren();
  require('./compiler.cjs').useProjectRules(root); // before tslab loads its compiler
  const { KernelServer } = require('./server.cjs');
  await new KernelServer(root, configPath).init();
}

main().catch((error) => {
  const missing = error.code === 'MODULE_NOT_FOUND' && !error.message.includes('./');
  console.error(missing ? `packages are missing: run "npm ci" in ${root}\n${error.message}` : error);
  process.exit(1);
});
