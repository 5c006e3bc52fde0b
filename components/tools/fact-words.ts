import type { DefinitionWarning, DefinitionState } from '@/lib/contracts';
import type { BadgeTone } from '@/components/ui/badge';
import { t, texts } from '@/lib/client/language';
import { DATA_CLASS_WORDS } from '@/components/ui/data-class-words';
import { RISK_WORDS } from '@/components/ui/risk-words';
import type { ToolFactsInput } from './hints';

export const STATE_WORDS: Readonly<Record<DefinitionState, string>> = texts({
  new: 'not confirmed',
  confirmed: 'confirmed',
  changed: 'changed: calls are stopped',
});
export const STATE_TONES: Readonly<Record<DefinitionState, BadgeTone>> = {
  new: 'severity-3',
  confirmed: 'neutral',
  changed: 'severity-1',
};

export const WARNING_WORDS: Readonly<Record<DefinitionWarning['kind'], string>> = texts({
  orders: 'Reads like orders to whoever reads it',
  hidden_characters: 'Has characters nobody sees',
});

export function effectWords(facts: Pick<ToolFactsInput, 'sideEffect' | 'reversible'>): string {
  if (facts.sideEffect === 'none') return t('only reads');
  return facts.reversible ? t('changes things, can be undone') : t('changes things for good');
}

export const reachWords = ({ egress }: Pick<ToolFactsInput, 'egress'>): string =>
  egress ? t('reaches others outside') : t('stays inside');

/** What is decided on, in a few words. */
export function factWords(facts: ToolFactsInput): string[] {
  return [
    effectWords(facts),
    reachWords(facts),
    DATA_CLASS_WORDS[facts.dataClass],
    RISK_WORDS[facts.risk],
  ];
}
