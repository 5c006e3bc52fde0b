'use client';

import { ArrowRight } from 'lucide-react';
import { WaitingElsewhere } from '@/components/shell/waiting-elsewhere';
import { Link } from '@/components/ui/link';
import { buttonClass } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { usePermission, useSession } from '@/lib/client/session';
import { t } from '@/lib/client/language';

const steps = () => [
  [
    t('Register the agent'),
    t(
      'Name it, say what it is for and which tools it may use. The key pair is made in this browser.',
    ),
  ],
  [
    t('Let it ask before it acts'),
    t(
      'Three calls over HTTP: get a token, ask for an evaluation, wait for a person when needed. Copy them from the page.',
    ),
  ],
  [
    t('Watch it earn trust'),
    t(
      'It starts on rung 1, read-only. Every approved and successful action is evidence; the score and the rung follow.',
    ),
  ],
];

/** An empty workspace: what Belay does, and the one next step. */
export function FirstSteps() {
  const { workspace, workspaces } = useSession();
  const mayRegister = usePermission('agents.edit');
  const demo = workspaces.find(
    (candidate) => candidate.kind === 'demo' && candidate.id !== workspace.id,
  );
  return (
    <Panel title={t('Connect your first agent')} className="max-w-3xl">
      <WaitingElsewhere className="mb-5 rounded-md bg-sunken px-3 py-2 font-medium" />
      <ol className="flex flex-col gap-4">
        {steps().map(([title, text], index) => (
          <li key={title} className="flex gap-3">
            <span
              aria-hidden
              className="flex size-6 shrink-0 items-center justify-center rounded-full border border-line text-dense font-semibold"
            >
              {index + 1}
            </span>
            <div>
              <p className="font-medium">{title}</p>
              <p className="max-w-[60ch] text-ink-2">{text}</p>
            </div>
          </li>
        ))}
      </ol>
      <div className="mt-5 flex flex-wrap items-center gap-3">
        {mayRegister ? (
          <Link href={`/${workspace.slug}/agents/new`} className={buttonClass('primary')}>
            {t('Register agent')}
            <ArrowRight aria-hidden size={14} />
          </Link>
        ) : (
          <p className="text-ink-2">
            {t('A manager or an administrator of this workspace can register agents.')}
          </p>
        )}
        {demo ? (
          <Link href={`/${demo.slug}/overview`} className={buttonClass('quiet')}>
            {t('Look at the {demo} first', { demo: demo.name })}
          </Link>
        ) : null}
      </div>
    </Panel>
  );
}
