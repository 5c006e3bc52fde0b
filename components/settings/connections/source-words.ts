import type { EvidenceProtocol, EvidenceSource } from '@/lib/contracts';
import { t } from '@/lib/client/language';

export interface ProtocolWords {
  readonly name: string;
  /** Where its evidence is sent. */
  readonly path: string;
  /** How the protocol calls who sends. */
  readonly nameHelp: string;
  readonly example: string;
}

export const PROTOCOL_WORDS: Readonly<Record<EvidenceProtocol, ProtocolWords>> = {
  cloudevents: {
    get name() {
      return t('CloudEvents');
    },
    path: '/api/v1/signals',
    get nameHelp() {
      return t('The attribute "source" of its events; * stands for all others.');
    },
    example: 'checks/nightly',
  },
  otlp: {
    get name() {
      return t('telemetry (OTLP)');
    },
    path: '/v1/traces',
    get nameHelp() {
      return t('The resource attribute "service.name"; * stands for all others.');
    },
    example: 'agent-runtime',
  },
  opa: {
    get name() {
      return t('decision logs of OPA');
    },
    path: '/api/v1/intake/opa',
    get nameHelp() {
      return t('The label "app" of its logs; * stands for all others.');
    },
    example: 'crm-api',
  },
  ci: {
    get name() {
      return t('results of builds');
    },
    path: '/api/v1/intake/ci',
    get nameHelp() {
      return t('As people here call it.');
    },
    example: 'build',
  },
  caep: {
    get name() {
      return t('events of identity providers (CAEP)');
    },
    path: '/api/v1/intake/caep',
    get nameHelp() {
      return t('The issuer of its events; * stands for all others.');
    },
    example: 'https://idp.example',
  },
};
export const PROTOCOLS = Object.keys(PROTOCOL_WORDS) as EvidenceProtocol[];

/** The row of a protocol that stands for every source without a row of its own. */
export const ANY_SOURCE = '*';

/** Where a source sends what it has to say. */
export const addressOf = ({ id, protocol }: Pick<EvidenceSource, 'id' | 'protocol'>): string => {
  const { path } = PROTOCOL_WORDS[protocol];
  return `${window.location.origin}${path}${protocol === 'ci' ? `?source=${id}` : ''}`;
};

/** How a source is called in a sentence. */
export const sourceName = ({ name }: Pick<EvidenceSource, 'name'>): string =>
  name === ANY_SOURCE ? t('All other sources') : name;

/** 0.25 as a share: what it says moves trust by so much of what it would in full. */
export const weightText = (weight: number): string =>
  weight === 1 ? t('100 %, in full') : t('{share} %', { share: Math.round(weight * 100) });

export type SourceState = 'paused' | 'full' | 'open';

export const stateOf = ({ pausedAt, takenToday, dailyCap }: EvidenceSource): SourceState => {
  if (pausedAt !== null) return 'paused';
  return takenToday >= dailyCap ? 'full' : 'open';
};

/** What becomes of a source's evidence once nobody looks after it: by protocol, and whether a row stands for all others. */
export function afterRemoval(source: EvidenceSource, all: readonly EvidenceSource[]): string {
  if (source.protocol === 'ci')
    return t('Its secret opens nothing any more: deliveries to its address are refused.');
  const rest = all.some(
    ({ id, protocol, name }) =>
      protocol === source.protocol && name === ANY_SOURCE && id !== source.id,
  );
  return rest
    ? t('From then on it falls under the limit and the weight of all other sources.')
    : t(
        'From then on nothing limits it: whatever it sends is taken, and weighs in full. To stop it, pause it instead.',
      );
}
