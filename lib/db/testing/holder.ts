import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { HolderMessage } from './hold-server';

const SCRIPT = fileURLToPath(new URL('./hold-server.ts', import.meta.url));

/** A supervisor in a process of its own, to be killed. */
export interface Holder {
  readonly process: ChildProcess;
  /** The first message: ready or refused. */
  readonly outcome: HolderMessage;
  readonly notices: string[];
}

/** Starts a supervisor on a home and waits until PostgreSQL is ready or the start was refused. */
export async function hold(home: string): Promise<Holder> {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, home], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const notices: string[] = [];
  const outcome = await new Promise<HolderMessage>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The supervisor ended early.')));
    child.on('message', (message: HolderMessage) => {
      if (message.type === 'notice') notices.push(message.sentence);
      else resolve(message);
    });
  });
  return { process: child, outcome, notices };
}

/** Holds a home; fails where that was refused. */
export async function holdReady(home: string): Promise<Holder & { url: string; postgres: number }> {
  const holder = await hold(home);
  if (holder.outcome.type !== 'ready') throw new Error(JSON.stringify(holder.outcome));
  return { ...holder, url: holder.outcome.url, postgres: holder.outcome.pid };
}

/** Ends a process and waits until it is gone. */
export async function end(holder: Holder, signal: NodeJS.Signals): Promise<void> {
  if (holder.process.exitCode !== null || holder.process.signalCode !== null) return;
  const ended = new Promise((resolve) => holder.process.once('exit', resolve));
  holder.process.kill(signal);
  await ended;
}

/** Living processes that have `text` in their command line. */
export function processesWith(...texts: string[]): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid)
    .filter((pid) => {
      const line = readProc(pid, 'cmdline');
      return texts.every((text) => line.includes(text)) && !/\) Z/.test(readProc(pid, 'stat'));
    });
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** Waits until something is so. */
export async function until(what: string, isSo: () => boolean, timeoutMs = 15_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}.`);
    await sleep(50);
  }
}
