/** `belay gateway`: MCP servers behind Belay, for agents that know nothing of it. */
import { Console } from 'node:console';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { env, variable } from '@/lib/env';
import { parseConfig } from '@/lib/gateway/config/read';
import type { GatewayConfig } from '@/lib/gateway/config/schema';
import { startGateway } from '@/lib/gateway/gateway';
import { onEndRequest, Shutdown } from '../start/shutdown';

/** Standard output belongs to the protocol. */
const say = (sentence: string): void => console.error(sentence);

/** @throws Error with a sentence that says what to do, when the configuration or the key cannot be used */
export async function gatewayCommand(options: { config: string }): Promise<void> {
  // A library that says something would break the protocol.
  Object.assign(console, new Console(process.stderr));
  const shutdown = new Shutdown();
  const end = () => void shutdown.run().then(() => process.exit(0));
  onEndRequest(env().startedByNpm, end);
  const config = parseConfig(textOf(resolve(options.config), 'configuration'), options.config);
  const key = keyOf(config.belay.key);
  const state = stateFolder(config, resolve(options.config));
  const gateway = await startGateway({ config, key, state, say });
  shutdown.add(() => gateway.close());
  if (gateway.url === undefined)
    for (const event of ['end', 'close'] as const) process.stdin.once(event, end);
  const count = Object.keys(config.upstreams).length;
  const where = gateway.url ?? 'standard input and output';
  say(`The gateway serves ${count} MCP ${count === 1 ? 'server' : 'servers'} at ${where}.`);
  process.send?.({ type: 'ready', url: gateway.url });
}

/** Two gateways of one configuration ask the same Belay with the same rights: what one leaves behind, the other may send. */
function stateFolder({ state, belay }: GatewayConfig, path: string): string {
  if (state !== undefined) return resolve(state);
  const name = createHash('sha256').update(`${path}\n${belay.url}`).digest('hex').slice(0, 16);
  return join(env().home, 'gateway', name);
}

function textOf(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Error(`The ${what} ${path} cannot be read.`);
  }
}

function keyOf(key: GatewayConfig['belay']['key']): string {
  const found = ('env' in key ? variable(key.env) : textOf(resolve(key.file), 'key file'))?.trim();
  if (found !== undefined && found.startsWith('bk_')) return found;
  const where = 'env' in key ? `variable ${key.env}` : `file ${key.file}`;
  throw new Error(
    `The ${where} holds no API key. Make one with: npm run --silent belay -- key create --name gateway --role gateway`,
  );
}
