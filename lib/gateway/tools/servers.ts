/** All servers behind a gateway, and what they list: asked at the start, when one says it changed, when Belay does, and now and then. */
import type { BelayApi } from '../belay/api';
import type { Watch } from '../belay/watch';
import type { GatewayConfig } from '../config/schema';
import { Upstream } from '../upstream/upstream';
import { Catalogue } from './catalogue';

/** How often servers are asked what they list, whether or not they said that it changed. */
const LOOK_MS = 30_000;

export class Servers {
  readonly catalogue: Catalogue;
  /** Called when what agents are shown is not what it was. */
  onChanged = (): void => undefined;
  readonly #upstreams: readonly Upstream[];
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
    this.#upstreams = Object.entries(config.upstreams).map(([name, settings]) => {
      const upstream: Upstream = new Upstream(
        name,
        settings,
        (opening) => api.openSecrets(opening),
        () => this.#refresh(upstream),
      );
      return upstream;
    });
    watch.listen((events) => {
      if (events?.some(({ type }) => type === 'tool.changed') ?? true) this.refresh();
    });
    this.#timer = setInterval(() => this.refresh(LOOK_MS / 2), LOOK_MS);
  }

  refresh(ageMs = 0): void {
    for (const upstream of this.#upstreams) this.#refresh(upstream, ageMs);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#upstreams.map((upstream) => upstream.close()));
  }

  #refresh(upstream: Upstream, ageMs = 0): void {
    this.catalogue.refresh(upstream, ageMs).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      this.onTrouble(`The tools of "${upstream.name}" could not be read: ${why}`);
    });
  }
}
