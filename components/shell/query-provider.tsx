'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ApiError } from '@/lib/client/api-error';

const RETRIES = 2;

/** A refusal stays a refusal; only what may pass (no answer, 5xx) is asked again. */
function mayPass(failures: number, error: Error): boolean {
  const passing = !(error instanceof ApiError) || error.status === 0 || error.status >= 500;
  return passing && failures < RETRIES;
}

function newClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Live updates invalidate; the time only covers a page that was left and comes back.
      queries: { staleTime: 30_000, retry: mayPass, refetchOnWindowFocus: 'always' },
      mutations: { retry: false },
    },
  });
}

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(newClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
