#!/usr/bin/env node

// Node 22.1 and later keep compiled code between runs; on Node 20 there is nothing to switch on. What is kept will be run, so it stands
// where the user keeps such things: Node's own choice is a temporary folder that somebody else may have made first.
const { enableCompileCache } = process.getBuiltinModule?.('node:module') ?? {};
if (enableCompileCache) {
  const { NODE_COMPILE_CACHE, XDG_CACHE_HOME, HOME, LOCALAPPDATA } = process.env;
  const own = XDG_CACHE_HOME?.startsWith('/') ? XDG_CACHE_HOME : (LOCALAPPDATA ?? (HOME && `${HOME}/.cache`));
  const folder = NODE_COMPILE_CACHE ?? (own && `${own}/rampart`);
  if (folder) enableCompileCache(folder);
}
const { main } = await import('../dist/main.js');
await main(import.meta.url);
