import { Bot, Globe, OctagonX, Tag, Wrench, type LucideIcon } from 'lucide-react';
import { Link } from '@/components/ui/link';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { KillSwitch } from '@/lib/contracts';
import { usePermission, useWorkspace } from '@/lib/client/session';
import type { Mode, ScopeType } from './switch-text';
import { rich, t } from '@/lib/client/language';

interface ScopeLook {
  icon: LucideIcon;
  words: (name: ReactNode) => ReactNode;
}

const SCOPES: Readonly<Record<ScopeType, ScopeLook>> = {
  agent: { icon: Bot, words: (name) => rich('Agent {name}', { name }) },
  tool: { icon: Wrench, words: (name) => rich('Tool {name}', { name }) },
  tag: { icon: Tag, words: (name) => rich('Agents tagged {name}', { name }) },
  workspace: { icon: Globe, words: (name) => rich('Everything in {name}', { name }) },
};

/** The switches that hold right now, with who set them, why, and the way to release them. */
export function InForceList({
  items,
  onRelease,
}: {
  items: readonly KillSwitch[];
  onRelease: (item: KillSwitch) => void;
}) {
  const mayRelease = usePermission('switches.release');
  return (
    <ul className="divide-y divide-line">
      {items.map((item) => (
        <li key={item.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
          <div className="min-w-0 flex-1 basis-72">
            <p className="flex flex-wrap items-center gap-2">
              <ModeBadge mode={item.mode} />
              <ScopeName scope={item.scope} />
            </p>
            <p className="mt-1 text-dense">
              <UntrustedText text={item.reason} />
            </p>
            <p className="mt-0.5 text-xs text-ink-2">
              {rich('Set by {person}, {time}', {
                person: item.setBy,
                time: <RelativeTime at={item.setAt} focusable />,
              })}
            </p>
          </div>
          {mayRelease ? (
            <Button size="sm" onClick={() => onRelease(item)}>
              {t('Release…')}
            </Button>
          ) : (
            <p className="text-xs text-ink-2">{t('Managers and admins can release it.')}</p>
          )}
        </li>
      ))}
    </ul>
  );
}

export function ModeBadge({ mode, released = false }: { mode: Mode; released?: boolean }) {
  return (
    <Badge
      tone={released ? 'neutral' : 'severity-1'}
      icon={released ? undefined : <OctagonX aria-hidden size={12} />}
    >
      {mode === 'halt' ? t('halt') : t('read-only')}
    </Badge>
  );
}

/** What the switch is on; an agent's name leads to its page. */
export function ScopeName({ scope }: { scope: KillSwitch['scope'] }) {
  const workspace = useWorkspace();
  const { icon: Icon, words } = SCOPES[scope.type];
  const name = (
    <UntrustedText
      text={scope.label}
      className={scope.type === 'tool' || scope.type === 'tag' ? 'font-mono text-dense' : undefined}
    />
  );
  return (
    <span className="inline-flex min-w-0 flex-wrap items-center gap-x-1.5">
      <Icon aria-hidden size={14} className="shrink-0 text-ink-2" />
      <span className="text-ink-2">
        {words(
          scope.type === 'agent' && scope.value ? (
            <Link
              href={`/${workspace}/agents/${scope.value}`}
              className="font-medium text-ink underline underline-offset-2"
            >
              {name}
            </Link>
          ) : (
            <span className="font-medium text-ink">{name}</span>
          ),
        )}
      </span>
    </span>
  );
}
