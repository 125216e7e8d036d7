#!/usr/bin/env node

// The bundle is CommonJS: Node 20 starts it sooner, and lets what it compiled of it be kept.
const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);
require('../dist/io/compiled.js').keepCompiled();
await require('../dist/main.js').main(import.meta.url);
