'use client';

import { useQuery } from '@tanstack/react-query';
import { OctagonX } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { usePermission, useWorkspace } from '@/lib/client/session';
import { agentOptions } from './queries';
import { SetSwitchDialog } from './set-switch-dialog';
import { t } from '@/lib/client/language';

/** The one way to stop an agent from its page. */
export function StopAgentButton({ agentId }: { agentId: string }) {
  const workspace = useWorkspace();
  const mayStop = usePermission('switches.set');
  const agent = useQuery(agentOptions(workspace, agentId));
  const [open, setOpen] = useState(false);
  if (!mayStop)
    return (
      <p className="text-xs text-ink-2">
        {t('Analysts, managers and admins can stop this agent.')}
      </p>
    );
  const halted = agent.data?.switches.some((item) => item.mode === 'halt') ?? false;
  return (
    <>
      {halted ? null : (
        <Button
          variant="danger"
          icon={<OctagonX aria-hidden size={14} />}
          onClick={() => setOpen(true)}
        >
          {t('Stop agent')}
        </Button>
      )}
      <SetSwitchDialog
        open={open}
        onOpenChange={setOpen}
        scope={{ type: 'agent', value: agentId }}
      />
    </>
  );
}
