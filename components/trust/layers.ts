/** How the four layers and five rungs are named and told apart on screen: always by word, shape and color together. */
import { defaultRungName } from '@/components/ui/badge';
import type { Layer, LayerTrust } from '@/lib/contracts';
import { t, texts } from '@/lib/client/language';

export type { Layer };

/** In the order of every glyph, list and legend. */
export const LAYERS = [
  'identity',
  'behavior',
  'context',
  'outcome',
] as const satisfies readonly Layer[];

export interface LayerLook {
  label: string;
  /** The question the layer answers. */
  question: string;
  /** The layer's fixed color, the same in every chart, bar and chip. */
  color: string;
  /** Dash pattern of the layer's line, so that lines differ without color. */
  dash: string | undefined;
}

export const LAYER_LOOKS: Readonly<Record<Layer, LayerLook>> = {
  identity: {
    get label() {
      return t('Identity');
    },
    get question() {
      return t('Who is it?');
    },
    color: 'var(--layer-identity)',
    dash: undefined,
  },
  behavior: {
    get label() {
      return t('Behavior');
    },
    get question() {
      return t('What is it doing?');
    },
    color: 'var(--layer-behavior)',
    dash: '6 3',
  },
  context: {
    get label() {
      return t('Context');
    },
    get question() {
      return t('Is it inside its scope?');
    },
    color: 'var(--layer-context)',
    dash: '2 3',
  },
  outcome: {
    get label() {
      return t('Outcome');
    },
    get question() {
      return t('Did it work?');
    },
    color: 'var(--layer-outcome)',
    dash: '8 3 2 3',
  },
};

/** The names a ladder comes with. A rung that nobody has renamed is called by them in the language of the page. */
const UNCHANGED = texts({
  'Read-only': 'Read-only',
  Suggest: 'Suggest',
  'Execute with approval': 'Execute with approval',
  'Conditional auto-execution': 'Conditional auto-execution',
  'Full autonomy': 'Full autonomy',
});

/** A rung's name as it stands in a ladder; one of the workspace's own stays as it is written. */
export function spokenRungName(name: string): string {
  return Object.hasOwn(UNCHANGED, name) ? UNCHANGED[name as keyof typeof UNCHANGED] : name;
}

/** The rung's name in the given ladder, or in the default one for places that have not loaded a ladder. */
export function rungName(rung: number, rungs?: readonly { rung: number; name: string }[]): string {
  const named = rungs?.find((entry) => entry.rung === rung)?.name;
  if (named !== undefined) return spokenRungName(named);
  return defaultRungName(rung) ?? t('rung {rung}', { rung });
}

/** A layer without any evidence is unknown, which is not the same as a low score. */
export function isUnknown(layer: LayerTrust | undefined): boolean {
  return layer === undefined || layer.freshAt === null;
}
