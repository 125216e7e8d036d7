#!/usr/bin/env node

// Node 22.1 and later keep compiled code between runs; on Node 20 there is nothing to switch on.
process.getBuiltinModule?.('node:module').enableCompileCache?.();
const { main } = await import('../dist/main.js');
await main(import.meta.url);
