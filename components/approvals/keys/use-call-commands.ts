'use client';

import { usePageCommands } from '@/components/shell/page-commands';
import { usePermission } from '@/lib/client/session';
import { ownKeys } from '../shortcut-preference';
import type { CallCommandsInput } from './call-commands';

/** Offers the commands of the page to the command palette. Running one goes the way its key goes. */
export function useCallCommands(input: Omit<CallCommandsInput, 'own' | 'mayComment'>): void {
  const mayComment = usePermission('approvals.comment');
  usePageCommands(async () => {
    const { callCommands } = await import('./call-commands');
    return callCommands({ ...input, mayComment, own: ownKeys() });
  });
}
