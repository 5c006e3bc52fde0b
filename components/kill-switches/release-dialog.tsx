'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ReasonDialog } from '@/components/ui/reason-dialog';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { KillSwitch } from '@/lib/contracts';
import { useWorkspace } from '@/lib/client/session';
import { refreshAfterSwitch, releaseSwitch } from './queries';
import { scopeText } from './switch-text';

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
      title={`Release the switch on ${scopeText(item.scope.type, item.scope.label)}`}
      description="Calls are decided again by pact, policy and rung. What the switch ended stays ended."
      action="Release this switch"
      missing="Say why it is safe to go on."
      sending={useRelease(item.id, onClose)}
      unchanged="Still in force."
      onClose={onClose}
    >
      <p className="text-dense text-ink-2">
        Set by {item.setBy}, because: <UntrustedText text={item.reason} className="text-ink" />
      </p>
    </ReasonDialog>
  );
}
