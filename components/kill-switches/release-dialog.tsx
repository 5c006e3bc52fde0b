'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ReasonDialog } from '@/components/ui/reason-dialog';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { KillSwitch } from '@/lib/contracts';
import { useWorkspace } from '@/lib/client/session';
import { refreshAfterSwitch, releaseSwitch } from './queries';
import { releaseTitle } from './switch-text';
import { rich, t } from '@/lib/client/language';

function useRelease(id: string, onReleased: () => void) {
  const workspace = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => releaseSwitch(workspace, id, reason),
    onSuccess: async () => {
      await refreshAfterSwitch(client, workspace);
      onReleased();
    },
  });
}

/** Ends a switch, with the reason why it is safe again. Closes only when the server has confirmed. */
export function ReleaseDialog({ item, onClose }: { item: KillSwitch; onClose: () => void }) {
  return (
    <ReasonDialog
      title={releaseTitle(item.scope.type, item.scope.label)}
      description={t(
        'Calls are decided again by pact, policy and rung. What the switch ended stays ended.',
      )}
      action={t('Release this switch')}
      missing={t('Say why it is safe to go on.')}
      sending={useRelease(item.id, onClose)}
      unchanged={t('Still in force.')}
      onClose={onClose}
    >
      <p className="text-dense text-ink-2">
        {rich('Set by {person}, because: {reason}', {
          person: item.setBy,
          reason: <UntrustedText text={item.reason} className="text-ink" />,
        })}
      </p>
    </ReasonDialog>
  );
}
