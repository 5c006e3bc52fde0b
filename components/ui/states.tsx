'use client';

import { CircleAlert, Lock, RefreshCw, SearchX, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { rich, t } from '@/lib/client/language';
import { Button } from './button';
import { cx } from './class-names';
import { RelativeTime } from './relative-time';

function Frame({
  icon,
  title,
  children,
  action,
  role,
}: {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  role?: 'alert' | 'status';
}) {
  return (
    <div
      role={role}
      className="flex flex-col items-start gap-3 px-4 py-8 sm:items-center sm:text-center"
    >
      {icon ? <div className="text-ink-3">{icon}</div> : null}
      <div className="max-w-[60ch]">
        <p className="font-semibold">{title}</p>
        {children ? <div className="mt-1 text-ink-2">{children}</div> : null}
      </div>
      {action}
    </div>
  );
}

/** A grey bar in place of a text. Compose several into the shape of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden className={cx('animate-pulse-soft block rounded-sm bg-line', className)} />
  );
}

/** Rows of a table or list that is on its way. */
export function SkeletonRows({
  rows = 8,
  label = t('Loading'),
}: {
  rows?: number;
  label?: string;
}) {
  return (
    <div role="status" aria-label={label} className="divide-y divide-line">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-10 items-center gap-4 px-4">
          <Skeleton className="h-3 w-40 max-w-1/3" />
          <Skeleton className="h-3 flex-1" />
          <Skeleton className="h-3 w-16" />
        </div>
      ))}
    </div>
  );
}

/** Nothing here yet: what this is, and one action. */
export function Empty({
  title,
  children,
  action,
  icon,
}: {
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
}) {
  return (
    <Frame title={title} action={action} icon={icon}>
      {children}
    </Frame>
  );
}

/** Something is here, but the filters hide it: says which, and clears them. */
export function NoMatch({ filters, onClear }: { filters: readonly string[]; onClear: () => void }) {
  return (
    <Frame
      role="status"
      icon={<SearchX aria-hidden size={24} />}
      title={t('Nothing matches these filters')}
      action={<Button onClick={onClear}>{t('Clear filters')}</Button>}
    >
      {filters.join(', ')}
    </Frame>
  );
}

/** It did not work: what, why as far as known, the request id for the log, and another try. */
export function Failed({
  what,
  detail,
  requestId,
  onRetry,
}: {
  /** A sentence: "The ledger could not be loaded." */
  what: string;
  detail?: string;
  requestId?: string;
  onRetry?: () => void;
}) {
  return (
    <Frame
      role="alert"
      icon={<CircleAlert aria-hidden size={24} />}
      title={what}
      action={
        onRetry ? (
          <Button icon={<RefreshCw aria-hidden size={14} />} onClick={onRetry}>
            {t('Try again')}
          </Button>
        ) : undefined
      }
    >
      {detail}
      {requestId ? (
        <p className="mt-1 text-xs">
          {rich('Request {id}', { id: <code className="select-all">{requestId}</code> })}
        </p>
      ) : null}
    </Frame>
  );
}

/** The role does not allow it: what is missing, and who can. */
export function NoPermission({ what, who }: { what: string; who: string }) {
  return (
    <Frame icon={<Lock aria-hidden size={24} />} title={what}>
      {who}
    </Frame>
  );
}

/** What is shown may be old, because the live connection is down. */
export function Stale({ since }: { since: number }) {
  return (
    <div
      role="status"
      className="flex items-center gap-2 bg-sev-3-soft px-4 py-1.5 text-dense text-sev-3"
    >
      <WifiOff aria-hidden size={14} className="shrink-0" />
      <span>
        {rich(
          'Not live: the connection was lost {time}. What you see may be out of date. Reconnecting.',
          { time: <RelativeTime at={since} /> },
        )}
      </span>
    </div>
  );
}
