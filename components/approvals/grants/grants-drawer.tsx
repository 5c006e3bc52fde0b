'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@/components/ui/link';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Drawer } from '@/components/ui/dialog';
import { InlineStatus } from '@/components/ui/inline-status';
import { RelativeTime } from '@/components/ui/relative-time';
import { Empty } from '@/components/ui/states';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { describeError } from '@/lib/client/api-error';
import { grantsKey } from '@/lib/client/query-keys';
import { usePermission } from '@/lib/client/session';
import type { Grant } from '@/lib/contracts';
import { rich } from '@/lib/client/language';
import { t } from '@/lib/client/language';
import { placeName, reachText, usesText, valueText } from './grant-words';
import { revokeGrant } from './grants-query';

/** Every grant that holds: what it covers, what is left of it, and revoking it. */
export function GrantsDrawer({
  workspace,
  grants,
  onClose,
}: {
  workspace: string;
  grants: readonly Grant[];
  onClose: () => void;
}) {
  return (
    <Drawer
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('Grants')}
      description={t(
        'Calls like an approved one, which run without asking until their uses or their time are over.',
      )}
    >
      {grants.length === 0 ? (
        <Empty title={t('No grant holds now')}>
          {t('Every call that needs an approval waits for one.')}
        </Empty>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {grants.map((grant) => (
            <Item key={grant.id} workspace={workspace} grant={grant} />
          ))}
        </ul>
      )}
    </Drawer>
  );
}

function Item({ workspace, grant }: { workspace: string; grant: Grant }) {
  const mayRevoke = usePermission('approvals.decide');
  const { fixed, varying } = grant.pattern;
  return (
    <li className="flex flex-col gap-1 py-3 text-dense first:pt-0">
      <p className="text-sm">
        <Link
          href={`/${workspace}/agents/${grant.agent.id}`}
          className="font-medium text-accent hover:underline"
        >
          <UntrustedText text={grant.agent.name} />
        </Link>{' '}
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
