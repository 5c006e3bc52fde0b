'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@/components/ui/link';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { InlineStatus } from '@/components/ui/inline-status';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { describeError } from '@/lib/client/api-error';
import { rich, t } from '@/lib/client/language';
import { grantsKey } from '@/lib/client/query-keys';
import { usePermission } from '@/lib/client/session';
import type { Grant } from '@/lib/contracts';
import { placeName, reachText, usesText, valueText } from './grant-words';
import { revokeGrant } from './grants-query';

interface GrantListProps {
  workspace: string;
  grants: readonly Grant[];
  /** False on the page of the agent they are all about. */
  withAgent?: boolean;
}

/** Grants that hold: what each covers, what is left of it, and revoking it. */
export function GrantList({ workspace, grants, withAgent = true }: GrantListProps) {
  return (
    <ul aria-label={t('Grants')} className="flex flex-col divide-y divide-line">
      {grants.map((grant) => (
        <Item key={grant.id} workspace={workspace} grant={grant} withAgent={withAgent} />
      ))}
    </ul>
  );
}

function Item({
  workspace,
  grant,
  withAgent,
}: Required<Omit<GrantListProps, 'grants'>> & { grant: Grant }) {
  const mayRevoke = usePermission('approvals.decide');
  const { fixed, varying } = grant.pattern;
  return (
    <li className="flex flex-col gap-1 py-3 text-dense first:pt-0">
      <p className="text-sm">
        {withAgent ? <AgentLink workspace={workspace} agent={grant.agent} /> : null}
        <UntrustedText text={grant.tool} mono className="font-semibold" />
      </p>
      <p>
        {rich('{uses}, ends {time}.', {
          uses: usesText(grant),
          time: <RelativeTime at={grant.until} focusable className="font-medium" />,
        })}{' '}
        <span className="text-ink-2">
          {rich('Given by {name} {time}.', {
            name: grant.grantedBy.name,
            time: <RelativeTime at={grant.grantedBy.at} />,
          })}
        </span>
      </p>
      {grant.unusedSince === null ? null : (
        <p className="font-medium">
          {rich('Nobody has used it since {time}. Revoke what is not needed.', {
            time: <RelativeTime at={grant.unusedSince} />,
          })}
        </p>
      )}
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5">
        {varying.map(({ path, reach }) => (
          <Place key={path} path={path}>
            {reachText(reach)}
          </Place>
        ))}
        {fixed.map(({ path, value }) => (
          <Place key={path} path={path}>
            <UntrustedText text={valueText(value)} mono />
          </Place>
        ))}
      </dl>
      {mayRevoke ? <Revoke workspace={workspace} id={grant.id} /> : null}
    </li>
  );
}

function AgentLink({ workspace, agent }: { workspace: string; agent: Grant['agent'] }) {
  return (
    <>
      <Link
        href={`/${workspace}/agents/${agent.id}`}
        className="font-medium text-accent hover:underline"
      >
        <UntrustedText text={agent.name} />
      </Link>{' '}
    </>
  );
}

function Place({ path, children }: { path: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">
        <UntrustedText text={placeName(path)} mono />
      </dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  );
}

/** One press asks, a second confirms. */
function Revoke({ workspace, id }: { workspace: string; id: string }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) confirm.current?.focus();
  }, [asking]);
  const revoking = useMutation({
    mutationFn: () => revokeGrant(workspace, id),
    onSettled: () => client.invalidateQueries({ queryKey: grantsKey(workspace) }),
  });
  return (
    <div className="mt-1 flex flex-wrap items-center gap-2">
      {asking ? (
        <>
          <span className="font-medium">{t('From now on these calls wait again.')}</span>
          <Button
            ref={confirm}
            size="sm"
            variant="danger"
            className="max-md:h-11"
            pending={revoking.isPending}
            onClick={() => revoking.mutate()}
          >
            {t('Yes, revoke it')}
          </Button>
          <Button size="sm" className="max-md:h-11" onClick={() => setAsking(false)}>
            {t('Keep it')}
          </Button>
        </>
      ) : (
        <Button
          size="sm"
          variant="danger-outline"
          className="max-md:h-11"
          onClick={() => setAsking(true)}
        >
          {t('Revoke…')}
        </Button>
      )}
      {revoking.error ? (
        <InlineStatus tone="error">{describeError(revoking.error).detail}</InlineStatus>
      ) : null}
    </div>
  );
}
