'use client';

import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Refusal } from '@/components/ui/refusal';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { EvidenceSource } from '@/lib/contracts';
import { counted, rich, t } from '@/lib/client/language';
import { Fact, Facts } from '../outside-facts';
import { SOURCES_PATH } from './queries';
import {
  addressOf,
  ANY_SOURCE,
  PROTOCOL_WORDS,
  sourceName,
  stateOf,
  weightText,
  type SourceState,
} from './source-words';
import { useSend } from './use-send';
import type { SourceQuestion } from './questions';

interface SourceRowProps {
  source: EvidenceSource;
  mayManage: boolean;
  onAsk: (question: SourceQuestion) => void;
}

/** One source: what it may say, what it said today, and what was turned away. */
export function SourceRow({ source, mayManage, onAsk }: SourceRowProps) {
  const { name, protocol } = source;
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h3 className="flex min-w-0 flex-wrap items-center gap-2 font-medium wrap-anywhere">
          {name === ANY_SOURCE ? sourceName(source) : <UntrustedText text={name} />}
          <Badge>{PROTOCOL_WORDS[protocol].name}</Badge>
          <State state={stateOf(source)} />
        </h3>
        {mayManage ? <Buttons source={source} onAsk={onAsk} /> : null}
      </div>
      <SourceFacts source={source} />
    </li>
  );
}

function State({ state }: { state: SourceState }) {
  if (state === 'paused') return <Badge tone="severity-3">{t('paused')}</Badge>;
  if (state === 'full') return <Badge tone="severity-2">{t('day used up')}</Badge>;
  return null;
}

function SourceFacts({ source }: { source: EvidenceSource }) {
  const { takenToday, dailyCap, refusedToday, lastTakenAt, pausedAt } = source;
  const { createdBy, createdAt, weight, previousSecretUntil } = source;
  const address = addressOf(source);
  return (
    <Facts>
      <Fact name={t('Taken today')}>
        {t('{taken} of at most {most} items', { taken: takenToday, most: dailyCap })}
      </Fact>
      <Fact name={t('Turned away today')}>
        {refusedToday === 0
          ? t('nothing')
          : counted(
              refusedToday,
              '{count} item: beyond the limit, while paused, or wrong',
              '{count} items: beyond the limit, while paused, or wrong',
            )}
      </Fact>
      <Fact name={t('Last taken')}>
        {lastTakenAt === null ? t('none yet') : <RelativeTime at={lastTakenAt} focusable />}
      </Fact>
      <Fact name={t('Weight')}>{weightText(weight)}</Fact>
      {pausedAt === null ? null : (
        <Fact name={t('Paused')}>
          <RelativeTime at={pausedAt} focusable />
        </Fact>
      )}
      <Fact name={t('Sends to')}>
        <span className="inline-flex flex-wrap items-center gap-1">
          <code className="select-all wrap-anywhere">{address}</code>
          <CopyButton text={address} label={t('Copy the address')} />
        </span>
      </Fact>
      {previousSecretUntil === null ? null : (
        <Fact name={t('Secret')}>
          {rich('new; the one before counts until {time}', {
            time: <RelativeTime at={previousSecretUntil} focusable />,
          })}
        </Fact>
      )}
      <Fact name={t('Added')}>
        {rich('by {person}, {time}', {
          person: createdBy,
          time: <RelativeTime at={createdAt} focusable />,
        })}
      </Fact>
    </Facts>
  );
}

function Buttons({ source, onAsk }: Omit<SourceRowProps, 'mayManage'>) {
  const resuming = useSend<void, EvidenceSource>((api) =>
    api.patch(`${SOURCES_PATH}/${source.id}`, { paused: false }),
  );
  const asking = (ask: 'change' | 'pause' | 'rotate' | 'remove') => () => onAsk({ ask, source });
  return (
    <span className="ml-auto flex flex-wrap items-center gap-1 max-sm:ml-0">
      {source.pausedAt === null ? null : (
        <Button
          size="sm"
          className="max-md:h-11"
          pending={resuming.isPending}
          onClick={() => resuming.mutate()}
        >
          {t('Let it go on')}
        </Button>
      )}
      <Button size="sm" variant="quiet" className="max-md:h-11" onClick={asking('change')}>
        {t('Change…')}
      </Button>
      {source.pausedAt === null ? (
        <Button size="sm" variant="quiet" className="max-md:h-11" onClick={asking('pause')}>
          {t('Pause…')}
        </Button>
      ) : null}
      {source.hasSecret ? (
        <Button size="sm" variant="quiet" className="max-md:h-11" onClick={asking('rotate')}>
          {t('New secret…')}
        </Button>
      ) : null}
      <Button size="sm" variant="quiet" className="max-md:h-11" onClick={asking('remove')}>
        {t('Remove…')}
      </Button>
      <Refusal error={resuming.error} unchanged={t('The source is still paused.')} />
    </span>
  );
}
