#!/usr/bin/env node
/* The command line, from the sources: `equisphere --help`. */
require('tsx/cjs');
require('../src/cli.ts').run();
