/** The tools of all servers: what each lists, what Belay says of it, and under which name agents call it. */
import type { Tool } from '@modelcontextprotocol/server';
import type { Tool as ServerTool } from '@modelcontextprotocol/client';
import { MAX_UPSTREAM_TOOLS, type ToolDefinition, type ToolReportAnswer } from '@/lib/contracts';
import { toolDefinitionSchema } from '@/lib/contracts';
import type { BelayApi } from '../belay/api';
import type { Upstream } from '../upstream/upstream';
import { shownDefinition } from './shown-definition';

/** As the specification names tools. A name with anything else in it is not offered. */
const TOOL_NAME = /^[A-Za-z0-9_.-]{1,128}$/;

export interface OfferedTool {
  readonly upstream: Upstream;
  /** As its server calls it. */
  readonly tool: ServerTool;
  /** As the catalogue of Belay calls it: `server.tool`. */
  readonly name: string;
  readonly state: ToolReportAnswer['tools'][number]['state'];
  /** What agents are shown; absent when they are not. */
  readonly shown: Tool | undefined;
}

interface Shelf {
  readonly tools: ReadonlyMap<string, OfferedTool>;
  /** When the server was asked, in milliseconds of `performance.now()`. */
  readonly at: number;
}

export class Catalogue {
  readonly #shelves = new Map<string, Shelf>();
  readonly #asking = new Map<string, Promise<boolean>>();

  constructor(
    private readonly api: Pick<BelayApi, 'reportTools'>,
    private readonly options: {
      readonly separator: string;
      /** Called when what agents are shown is not what it was. */
      readonly onChanged: () => void;
      readonly onTrouble: (sentence: string) => void;
    },
  ) {}

  /** What agents are shown, in the order of its names. */
  shown(): Tool[] {
    return [...this.#shelves.values()]
      .flatMap(({ tools }) => [...tools.values()].flatMap(({ shown }) => shown ?? []))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @param called the name an agent calls it by */
  find(called: string): OfferedTool | undefined {
    for (const { tools } of this.#shelves.values()) {
      const found = tools.get(called);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Whether a server was asked what it lists at most `ageMs` ago. */
  isFresh(upstream: Upstream, ageMs: number): boolean {
    const at = this.#shelves.get(upstream.name)?.at ?? -Infinity;
    return performance.now() - at < ageMs;
  }

  /** Asks a server again before `ageMs` are over, while nobody waits for it: the next call finds a list that is young enough. */
  keepFresh(upstream: Upstream, ageMs: number): void {
    if (ageMs > 0 && !this.isFresh(upstream, ageMs / 2))
      void this.refresh(upstream, ageMs / 2).catch(() => undefined);
  }

  /**
   * Asks a server what it lists unless that was done at most `ageMs` ago, and brings it to Belay.
   *
   * @returns whether Belay heard something new
   * @throws what either throws
   */
  async refresh(upstream: Upstream, ageMs = 0): Promise<boolean> {
    if (this.isFresh(upstream, ageMs)) return false;
    const running = this.#asking.get(upstream.name);
    // Whoever wants to know now does not take the answer to an older question.
    if (running !== undefined && ageMs > 0) return running;
    await running?.catch(() => undefined);
    const asking = this.#ask(upstream).finally(() => {
      if (this.#asking.get(upstream.name) === asking) this.#asking.delete(upstream.name);
    });
    this.#asking.set(upstream.name, asking);
    return asking;
  }

  async #ask(upstream: Upstream): Promise<boolean> {
    const at = performance.now();
    const listed = this.#usable(upstream.name, await upstream.list());
    const tools = listed.map(({ tool, definition }) => ({
      name: `${upstream.name}.${tool.name}`,
      definition,
    }));
    const answer = await this.api.reportTools({ upstream: upstream.name, tools });
    const reported = new Map(answer.tools.map((item) => [item.name, item]));
    const offered = listed.flatMap(({ tool, definition }): [string, OfferedTool][] => {
      const name = `${upstream.name}.${tool.name}`;
      const found = reported.get(name);
      if (found === undefined) return [];
      const called = `${upstream.name}${this.options.separator}${tool.name}`;
      const shown = shownDefinition(called, found, definition);
      return [[called, { upstream, tool, name, state: found.state, shown }]];
    });
    const before = JSON.stringify(this.shown());
    this.#shelves.set(upstream.name, { tools: new Map(offered), at });
    if (JSON.stringify(this.shown()) !== before) this.options.onChanged();
    return answer.news;
  }

  /** What can be offered: well named, named once, and of a definition that Belay can keep. */
  #usable(
    upstream: string,
    tools: readonly ServerTool[],
  ): { tool: ServerTool; definition: ToolDefinition }[] {
    const times = new Map<string, number>();
    for (const { name } of tools) times.set(name, (times.get(name) ?? 0) + 1);
    const refused: string[] = [];
    const usable = tools.slice(0, MAX_UPSTREAM_TOOLS).flatMap((tool) => {
      const definition = toolDefinitionSchema.safeParse(JSON.parse(JSON.stringify(tool)));
      if (TOOL_NAME.test(tool.name) && times.get(tool.name) === 1 && definition.success)
        return [{ tool, definition: definition.data }];
      refused.push(tool.name);
      return [];
    });
    if (refused.length > 0)
      this.options.onTrouble(
        `${refused.length} tools of "${upstream}" are not offered: a name of other characters than letters, digits, "_", "-" ` +
          `and ".", a name that comes twice, or a definition that is not well formed.`,
      );
    return usable;
  }
}
