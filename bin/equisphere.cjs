#!/usr/bin/env node
/* The command line, from the sources: `equisphere --help`. */
const { addressSpaceFault } = require('../src/engine/wasm/memory/address_space.cjs');

const fault = addressSpaceFault();
if (fault) {
  console.error(`equisphere: ${fault}`);
  process.exit(1);
}
require('tsx/cjs');
require('../src/cli.ts').run();
