'use client';

import { FlaskConical } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { useSession } from '@/lib/client/session';
import { t } from '@/lib/client/language';

/** The demo workspace says on every page that nothing in it is real. */
export function DemoStrip() {
  const { workspace, workspaces } = useSession();
  if (workspace.kind !== 'demo') return null;
  const own = workspaces.find((candidate) => candidate.kind === 'own');
  return (
    <div className="flex flex-wrap items-center gap-x-3 border-b border-line bg-accent-soft px-4 py-1 text-dense text-ink">
      <FlaskConical aria-hidden size={16} className="shrink-0 text-accent" />
      <span className="min-w-0 flex-1">
        <strong className="font-semibold">{t('Demo fleet.')}</strong>{' '}
        <span className="max-sm:hidden">
          {t('Simulated agents through the real engine: nothing here acts on anything outside.')}
        </span>
        <span className="sm:hidden">{t('Simulated agents.')}</span>
      </span>
      {own ? (
        <Link
          href={`/${own.slug}/overview`}
          className="inline-flex min-h-6 items-center font-medium text-accent underline underline-offset-2"
        >
          {t('Go to {workspace}', { workspace: own.name })}
        </Link>
      ) : null}
    </div>
  );
}
