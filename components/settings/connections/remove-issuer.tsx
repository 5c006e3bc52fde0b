'use client';

import type { IdentityIssuer } from '@/lib/contracts';
import { counted, t } from '@/lib/client/language';
import { ConfirmDialog } from '../confirm-dialog';
import { ISSUERS_PATH } from './queries';
import { useSend } from './use-send';

interface RemoveIssuerProps {
  issuer: IdentityIssuer;
  onClose: () => void;
}

/** Believes an issuer no longer. */
export function RemoveIssuer({ issuer, onClose }: RemoveIssuerProps) {
  const { id, name, subjects } = issuer;
  const sending = useSend<void, unknown>((api) => api.delete(`${ISSUERS_PATH}/${id}`), onClose);
  const agents = new Set(subjects.map(({ agentId }) => agentId)).size;
  return (
    <ConfirmDialog
      title={t('Believe {name} no longer', { name })}
      action={t('Remove {name}', { name })}
      sending={sending}
      unchanged={t('The issuer is still believed.')}
      onClose={onClose}
    >
      <p>
        {agents === 0
          ? t('None of its subjects stands for an agent, so no agent loses anything.')
          : counted(
              agents,
              '{count} agent can no longer sign in with it. What it signed in with ends at its next request; keys of its own stay.',
              '{count} agents can no longer sign in with it. What they signed in with ends at their next request; keys of their own stay.',
            )}
      </p>
      <p className="text-ink-2">
        {t('Events that the issuer sends (CAEP) are refused from then on.')}
      </p>
    </ConfirmDialog>
  );
}

/** Takes back which agent a subject is. */
export function RemoveSubject({
  issuer,
  subjectId,
  onClose,
}: RemoveIssuerProps & { subjectId: string }) {
  const path = `${ISSUERS_PATH}/${issuer.id}/subjects/${subjectId}`;
  const sending = useSend<void, unknown>((api) => api.delete(path), onClose);
  const found = issuer.subjects.find(({ id }) => id === subjectId);
  const agent = found?.agentName ?? '';
  return (
    <ConfirmDialog
      title={t('Take back who the subject is')}
      action={t('Take it back')}
      sending={sending}
      unchanged={t('The subject still stands for the agent.')}
      onClose={onClose}
    >
      <p className="wrap-anywhere">
        <code>{found?.subject}</code>
      </p>
      <p>
        {t(
          'It no longer signs in as {agent}. What {agent} signed in with as this subject ends at its next request; keys of its own stay.',
          { agent },
        )}
      </p>
    </ConfirmDialog>
  );
}
