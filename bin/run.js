#!/usr/bin/env node
import module from 'node:module';

// Node 22.1 and later keep compiled code between runs; on Node 20 there is nothing to switch on.
module.enableCompileCache?.();
const { main } = await import('../dist/main.js');
await main(import.meta.url);
