/**
 * Runs one MCP server for a gateway and outlives neither: when the gateway is gone, however it went, the server and whatever it
 * started is ended. The server has its standard streams from the gateway; nothing passes through here.
 *
 * Usage: node guard.mjs COMMAND ARGS...
 */
import { spawn } from 'node:child_process';

const LOOK_MS = 200;
/** How long a server gets to end by itself. */
const GRACE_MS = 1_000;

const [command = '', ...args] = process.argv.slice(2);
const gateway = process.ppid;
// A group of its own, so that what the server starts can be ended with it.
const server = spawn(command, args, { stdio: 'inherit', detached: process.platform !== 'win32' });
let ending = false;

/** @param {NodeJS.Signals} signal */
function signalGroup(signal) {
  if (server.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? server.pid : -server.pid, signal);
  } catch {
    // It is gone, which is what was wanted.
  }
}

function end() {
  if (ending) return;
  ending = true;
  signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), GRACE_MS);
}

server.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
server.once('exit', (code) => {
  signalGroup('SIGKILL');
  process.exit(code ?? 1);
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, end);
setInterval(() => {
  if (process.ppid !== gateway) end();
}, LOOK_MS);
