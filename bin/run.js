#!/usr/bin/env node

// Node 22.1 and later keep compiled code between runs; on Node 20 there is nothing to switch on.
process.getBuiltinModule?.('node:module').enableCompileCache?.();
// V8 starts with a megabyte for what is new and doubles it: a run makes ten at once, and would copy them again and again. Only
// releases known to have the word are told it.
if (Number.parseInt(process.versions.node, 10) <= 24) {
  process.getBuiltinModule?.('node:v8').setFlagsFromString('--semi-space-growth-factor=16');
}
const { main } = await import('../dist/main.js');
await main(import.meta.url);
