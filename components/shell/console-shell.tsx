'use client';

import { HydrationBoundary, type DehydratedState } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Stale } from '@/components/ui/states';
import { rememberNavigation } from '@/lib/client/preferences';
import { SessionProvider, type ClientSession } from '@/lib/client/session';
import { useLiveEvents } from '@/lib/client/use-live-events';
import { t } from '@/lib/client/language';
import { BottomBar } from './bottom-bar';
import { BrowserNotices } from './browser-notices';
import { DemoStrip } from './demo-strip';
import { KillStateBar } from './kill-state-bar';
import { Navigation } from './navigation';
import { QueryProvider } from './query-provider';
import { TopBar } from './top-bar';

interface ConsoleShellProps {
  session: ClientSession;
  initiallyNarrow: boolean;
  /** What the server knows already about what stands around the page. */
  shellData: DehydratedState;
  children: ReactNode;
}

function Frame({ session, initiallyNarrow, children }: Omit<ConsoleShellProps, 'shellData'>) {
  const connection = useLiveEvents(session.workspace.slug);
  const [narrow, setNarrow] = useState(initiallyNarrow);
  const toggle = () => {
    rememberNavigation(!narrow);
    setNarrow(!narrow);
  };
  return (
    <SessionProvider session={session} connection={connection}>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-accent focus:px-3 focus:py-2 focus:text-accent-ink"
      >
        {t('Skip to the page')}
      </a>
      <div className="flex h-dvh flex-col md:flex-row">
        <Navigation narrow={narrow} onToggle={toggle} />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <TopBar />
          <section aria-label={t('State of this workspace')} className="shrink-0">
            <DemoStrip />
            <KillStateBar />
            {connection.state === 'lost' ? <Stale since={connection.since} /> : null}
          </section>
          <main
            id="main"
            tabIndex={-1}
            data-scroll
            className="relative min-h-0 flex-1 overflow-auto outline-none"
          >
            {children}
          </main>
        </div>
        <BottomBar />
        <BrowserNotices />
      </div>
    </SessionProvider>
  );
}

/** What stands around every page: navigation, top bar, what is stopped, and whether it is live. */
export function ConsoleShell({ shellData, ...props }: ConsoleShellProps) {
  return (
    <QueryProvider>
      <HydrationBoundary state={shellData}>
        <Frame key={props.session.workspace.slug} {...props} />
      </HydrationBoundary>
    </QueryProvider>
  );
}
