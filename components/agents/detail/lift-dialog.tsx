'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ReasonDialog } from '@/components/ui/reason-dialog';
import type { AgentDetail, Restriction } from '@/lib/contracts';
import { agentKeys } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';

function useLift(agentId: string, restriction: string, onLifted: () => void) {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  const path = `/api/v1/agents/${encodeURIComponent(agentId)}/restrictions/${restriction}/lift`;
  return useMutation({
    mutationFn: (reason: string) => api.post<AgentDetail>(path, { reason }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: agentKeys.one(workspace, agentId) });
      onLifted();
    },
  });
}

interface LiftDialogProps {
  agentId: string;
  item: Restriction;
  onClose: () => void;
}

/** Lifts a restriction, with the reason why the agent may go on. Closes only when the server has confirmed. */
export function LiftDialog({ agentId, item, onClose }: LiftDialogProps) {
  const name = item.name.toLowerCase();
  return (
    <ReasonDialog
      title={t('Lift: {name}', { name })}
      description={t(
        'Calls are decided again by pact, policy and rung. The score stays as it is; the next such signal puts it back.',
      )}
      action={t('Lift {name}', { name })}
      missing={t('Say why it may go on.')}
      sending={useLift(agentId, item.id, onClose)}
      unchanged={t('Still in force.')}
      onClose={onClose}
    >
      <p className="text-dense text-ink-2">
        {t('{stops} Because: {reason}', { stops: item.stops, reason: item.reason })}
      </p>
    </ReasonDialog>
  );
}
