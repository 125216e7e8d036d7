// Preloaded into a run of Rampart: each way out of the process is written down and refused.
const { appendFileSync } = require('node:fs');
const childProcess = require('node:child_process');
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');

const refuse = (what) =>
  function refused() {
    appendFileSync(process.env.NO_NETWORK_LOG, `${what}\n`);
    throw Object.assign(new Error(`${what} is forbidden here`), { code: 'ENETUNREACH' });
  };

// As a network that is not there does it: the refusal comes later, as an event.
net.Socket.prototype.connect = function refused() {
  appendFileSync(process.env.NO_NETWORK_LOG, 'net.Socket.connect\n');
  process.nextTick(() => this.destroy(Object.assign(new Error('no network'), { code: 'ENETUNREACH' })));
  return this;
};
net.Server.prototype.listen = refuse('net.Server.listen');
dgram.createSocket = refuse('dgram.createSocket');
for (const [name, resolver] of [
  ['dns', dns],
  ['dns.promises', dns.promises],
]) {
  for (const call of Object.keys(resolver)) {
    if (/^(lookup|resolve|reverse)/.test(call)) resolver[call] = refuse(`${name}.${call}`);
  }
}
childProcess.ChildProcess.prototype.spawn = refuse('child_process.spawn');
for (const call of ['spawnSync', 'execSync', 'execFileSync']) childProcess[call] = refuse(`child_process.${call}`);
require('node:module').syncBuiltinESMExports();
