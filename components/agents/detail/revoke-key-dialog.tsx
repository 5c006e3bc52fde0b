'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ReasonDialog } from '@/components/ui/reason-dialog';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { AgentDetail } from '@/lib/contracts';
import { agentKeys } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';

interface RevokeKeyDialogProps {
  agentId: string;
  kid: string;
  onClose: () => void;
}

/** Revokes one key of an agent, with the reason why. Closes only when the server has confirmed. */
export function RevokeKeyDialog({ agentId, kid, onClose }: RevokeKeyDialogProps) {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  const path = `/api/v1/agents/${encodeURIComponent(agentId)}/keys/${encodeURIComponent(kid)}/revoke`;
  const sending = useMutation({
    mutationFn: (reason: string) => api.post<AgentDetail>(path, { reason }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: agentKeys.one(workspace, agentId) });
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t('Revoke this key')}
      description={t(
        'Nobody signs in with it any more, and tokens that were got with it end at their next request. It cannot be brought back.',
      )}
      action={t('Revoke the key')}
      missing={t('Say why it is revoked.')}
      sending={sending}
      unchanged={t('The key is still in force.')}
      onClose={onClose}
    >
      <UntrustedText text={kid} mono className="wrap-anywhere" />
    </ReasonDialog>
  );
}
