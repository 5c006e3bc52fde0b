/** All servers behind a gateway, and what they list: asked at the start, when one says it changed, when Belay does, and now and then. */
import type { BelayApi } from '../belay/api';
import type { Watch } from '../belay/watch';
import type { GatewayConfig } from '../config/schema';
import { Upstream } from '../upstream/upstream';
import { Catalogue } from './catalogue';
import { Rounds } from './rounds';

/** How often servers are asked what they list, whether or not they said that it changed. */
const LOOK_MS = 30_000;

export class Servers {
  readonly catalogue: Catalogue;
  /** Called when what agents are shown is not what it was. */
  onChanged = (): void => undefined;
  readonly #upstreams: readonly Upstream[];
  readonly #rounds: readonly Rounds[];
  readonly #timer: NodeJS.Timeout;

  constructor(
    api: BelayApi,
    watch: Watch,
    config: Pick<GatewayConfig, 'tools' | 'upstreams'>,
    private readonly onTrouble: (sentence: string) => void,
  ) {
    this.catalogue = new Catalogue(api, {
      separator: config.tools.separator,
      onChanged: () => this.onChanged(),
      onTrouble,
    });
    const served = Object.entries(config.upstreams).map(([name, settings]) => {
      const upstream: Upstream = new Upstream(
        name,
        settings,
        (opening) => api.openSecrets(opening),
        () => rounds.soon(),
      );
      const rounds = new Rounds(() => this.#refresh(upstream));
      return { upstream, rounds };
    });
    this.#upstreams = served.map(({ upstream }) => upstream);
    this.#rounds = served.map(({ rounds }) => rounds);
    watch.listen((events) => {
      if (events?.some(({ type }) => type === 'tool.changed') ?? true) this.refresh();
    });
    this.#timer = setInterval(() => this.refresh(), LOOK_MS);
  }

  /** Asks every server what it lists, soon. What it says makes Belay announce a change, which leads here again. */
  refresh(): void {
    for (const rounds of this.#rounds) rounds.soon();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const rounds of this.#rounds) rounds.end();
    await Promise.all(this.#upstreams.map((upstream) => upstream.close()));
  }

  async #refresh(upstream: Upstream): Promise<boolean> {
    try {
      return await this.catalogue.refresh(upstream);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.onTrouble(`The tools of "${upstream.name}" could not be read: ${why}`);
      return false;
    }
  }
}
