#!/usr/bin/env node
// Runs from the sources, for people who work on Rampart: node --import tsx bin/dev.js <command>
const { main } = await import('../src/main.ts');
await main(import.meta.url);
