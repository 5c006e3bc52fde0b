'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { LiveEvent } from '@/lib/contracts';
import { withQuery } from './api';
import { connectLive, type Connection } from './live-connection';
import { keysConcerned, pauseMs } from './live-targets';
import { refetchQueue } from './refetch-queue';

const listeners = new Set<(event: LiveEvent) => void>();

/** Hears every announcement, for effects beyond refetching (for example "the first call arrived"). */
export function useLiveListener(listener: (event: LiveEvent) => void): void {
  useEffect(() => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, [listener]);
}

const gapListeners = new Set<() => void>();

/** Hears that announcements may have been missed, which is also the first thing a new stream says. */
export function useLiveGap(listener: () => void): void {
  useEffect(() => {
    gapListeners.add(listener);
    return () => void gapListeners.delete(listener);
  }, [listener]);
}

/** Keeps the page's queries fresh from the workspace's stream, and reports how the connection stands. Mount once. */
export function useLiveEvents(workspace: string): Connection {
  const client = useQueryClient();
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' });
  useEffect(() => {
    const queue = refetchQueue((queryKey) => client.invalidateQueries({ queryKey }), pauseMs);
    const disconnect = connectLive(withQuery('/api/v1/events', { workspace }), {
      onConnection: setConnection,
      onGap: () => {
        queue.add([workspace]);
        gapListeners.forEach((listener) => listener());
      },
      onEvent: (event) => {
        keysConcerned(workspace, event).forEach(queue.add);
        listeners.forEach((listener) => listener(event));
      },
    });
    return () => {
      disconnect();
      queue.close();
    };
  }, [client, workspace]);
  return connection;
}
