'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { ReasonDialog } from '@/components/ui/reason-dialog';
import type { StepUpMode } from '@/lib/contracts';
import { useApi, usePermission, useWorkspace } from '@/lib/client/session';
import { stepUpQuery } from './you/queries';
import { t } from '@/lib/client/language';

const WORDS: Readonly<Record<StepUpMode, { is: string; change: string; follows: string }>> = {
  when_registered: {
    get is() {
      return t(
        'People who have a passkey confirm with it when they approve a call of critical risk, and API keys they made approve none. Everybody else approves as before.',
      );
    },
    get change() {
      return t('Demand a passkey of everybody');
    },
    get follows() {
      return t(
        'From then on no person approves a call of critical risk without a passkey, and no API key that a person made approves one. Keys from the command line still do.',
      );
    },
  },
  required: {
    get is() {
      return t(
        'No person approves a call of critical risk without a passkey, and no API key that a person made approves one. Keys from the command line still do.',
      );
    },
    get change() {
      return t('Ask only those who have one');
    },
    get follows() {
      return t('From then on people without a passkey can approve calls of critical risk.');
    },
  },
};

/** When people prove with a passkey that it is they. */
export function StepUpPanel() {
  const query = useQuery(stepUpQuery(useWorkspace()));
  const mayManage = usePermission('workspace.manage');
  const [changing, setChanging] = useState(false);
  return (
    <Panel title={t('Approving critical risk')}>
      <QueryView query={query} what={t('The setting could not be loaded.')}>
        {({ mode }) => (
          <>
            <p className="max-w-[64ch] text-ink-2">{WORDS[mode].is}</p>
            {mayManage ? (
              <Button className="mt-3" onClick={() => setChanging(true)}>
                {t('{what}…', { what: WORDS[mode].change })}
              </Button>
            ) : null}
            {changing ? <Change mode={mode} onClose={() => setChanging(false)} /> : null}
          </>
        )}
      </QueryView>
    </Panel>
  );
}

function Change({ mode, onClose }: { mode: StepUpMode; onClose: () => void }) {
  const api = useApi();
  const client = useQueryClient();
  const { queryKey } = stepUpQuery(useWorkspace());
  const next: StepUpMode = mode === 'required' ? 'when_registered' : 'required';
  const sending = useMutation({
    mutationFn: (reason: string) =>
      api.put<{ mode: StepUpMode }>('/api/v1/workspace/step-up', { mode: next, reason }),
    onSuccess: (setting) => {
      client.setQueryData(queryKey, setting);
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={WORDS[mode].change}
      description={WORDS[mode].follows}
      action={WORDS[mode].change}
      missing={t('Say why, for whoever reads the ledger.')}
      unchanged={t('Nothing has changed.')}
      sending={sending}
      onClose={onClose}
    />
  );
}
