/** One MCP server behind the gateway: connected when it is needed, connected again when it went away. */
import { fileURLToPath } from 'node:url';
import {
  Client,
  StreamableHTTPClientTransport,
  type CallToolResult,
  type ClientOptions,
  type ProgressCallback,
  type Tool,
  type Transport,
} from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { SecretOpening } from '@/lib/contracts';
import type { UpstreamConfig } from '../config/schema';
import { boundedFetch, CallHeaders } from './bounded-fetch';
import { filledIn, secretsToCall, secretsToConnect } from './secrets';

const GUARD = fileURLToPath(new URL('./guard.mjs', import.meta.url));
const INFO = { name: 'belay-gateway', title: 'Belay', version: '1.0.0' };
/** After a failed try a server is left alone for so long. */
const REST_MS = 1_000;

type OpenSecrets = (opening: SecretOpening) => Promise<{ values: Record<string, string> }>;

export interface UpstreamCall {
  readonly decisionId: string;
  readonly tool: Pick<Tool, 'name' | 'inputSchema'>;
  readonly arguments: Record<string, unknown>;
  readonly signal: AbortSignal;
  readonly onprogress?: ProgressCallback | undefined;
}

export class Upstream {
  #client: Promise<Client> | undefined;
  #failedAt = -Infinity;
  #closed = false;
  #connected = false;
  readonly #headers = new CallHeaders();

  constructor(
    readonly name: string,
    readonly config: UpstreamConfig,
    private readonly openSecrets: OpenSecrets,
    private readonly onToolsChanged: () => void,
  ) {}

  /** Whether a call needs no connecting, as far as anybody knows. */
  get connected(): boolean {
    return this.#connected;
  }

  /** @throws what connecting throws; right after a failure the same again, without another try */
  connect(): Promise<Client> {
    if (this.#closed) return Promise.reject(new Error('the gateway is closing'));
    if (this.#client !== undefined) return this.#client;
    if (performance.now() - this.#failedAt < REST_MS)
      return Promise.reject(new Error(`the server "${this.name}" cannot be reached`));
    const connecting: Promise<Client> = this.#connect().then((client) => {
      client.onclose = () => this.#forget(connecting);
      this.#connected = true;
      return client;
    });
    this.#client = connecting;
    connecting.catch(() => {
      this.#failedAt = performance.now();
      this.#forget(connecting);
    });
    return connecting;
  }

  /** Everything it lists now, whatever it said before. */
  async list(signal?: AbortSignal): Promise<Tool[]> {
    const client = await this.connect();
    // The library would answer for a server without tools, and say so on standard output.
    if (client.transport === undefined) throw new Error(`the server "${this.name}" has gone`);
    if (client.getServerCapabilities()?.tools === undefined) return [];
    const timeout = this.config.connectSeconds * 1000;
    const { tools } = await client.listTools(undefined, {
      timeout,
      cacheMode: 'bypass',
      ...(signal === undefined ? {} : { signal }),
    });
    return tools;
  }

  /** Runs a call whose permit was spent. The secrets of the server go with this call, and with none before it. */
  async call(call: UpstreamCall): Promise<CallToolResult> {
    const client = await this.connect();
    const names = secretsToCall(this.config);
    const opened =
      names.length === 0
        ? {}
        : (await this.openSecrets({ names, for: { decision: call.decisionId } })).values;
    call.signal.throwIfAborted();
    const { carried, end } = this.#headers.keep(filledIn(this.config.headers, opened));
    try {
      return await client.callTool(
        { name: call.tool.name, arguments: call.arguments },
        {
          signal: call.signal,
          timeout: this.config.timeoutSeconds * 1000,
          headers: carried,
          // Without its output schema: what a server returns reaches the agent as it is.
          toolDefinition: call.tool,
          ...(call.onprogress === undefined ? {} : { onprogress: call.onprogress }),
        },
      );
    } finally {
      end();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = await this.#client?.catch(() => undefined);
    await client?.close().catch(() => undefined);
  }

  async #connect(): Promise<Client> {
    const names = secretsToConnect(this.config);
    const opened =
      names.length === 0
        ? {}
        : (await this.openSecrets({ names, for: { upstream: this.name } })).values;
    const client = new Client(INFO, this.#options());
    const transport = this.#transport(opened);
    try {
      await client.connect(transport, { timeout: this.config.connectSeconds * 1000 });
    } catch (error) {
      await transport.close().catch(() => undefined);
      throw error;
    }
    if (this.#closed) await client.close();
    return client;
  }

  #options(): ClientOptions {
    const { protocol } = this.config;
    const mode =
      protocol === 'auto' ? 'auto' : protocol === '2025-11-25' ? 'legacy' : { pin: protocol };
    return {
      versionNegotiation: { mode },
      listChanged: { tools: { autoRefresh: false, onChanged: () => this.onToolsChanged() } },
    };
  }

  #transport(opened: Readonly<Record<string, string>>): Transport {
    const { command, args = [], cwd, env, stderr = 'ignore', url, headers } = this.config;
    const { maxMessageBytes } = this.config;
    if (command !== undefined)
      return new StdioClientTransport({
        command: process.execPath,
        args: [GUARD, command, ...args],
        env: { ...getDefaultEnvironment(), ...filledIn(env, opened) },
        stderr,
        maxBufferSize: maxMessageBytes,
        ...(cwd === undefined ? {} : { cwd }),
      });
    const constant = filledIn(headers, opened);
    return new StreamableHTTPClientTransport(new URL(url ?? ''), {
      fetch: boundedFetch(maxMessageBytes, constant, this.#headers),
    });
  }

  #forget(client: Promise<Client>): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#connected = false;
  }
}
