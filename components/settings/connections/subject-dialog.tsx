'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Input } from '@/components/ui/field';
import { formText } from '@/components/ui/form-text';
import { Refusal } from '@/components/ui/refusal';
import type { IdentityIssuer, IdentitySubjectInput } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { AgentField } from './agent-field';
import { KIND_WORDS } from './issuer-words';
import { placeErrors } from '@/components/ui/place-errors';
import { ISSUERS_PATH } from './queries';
import { useFirstInvalid } from '@/components/ui/use-first-invalid';
import { useSend } from './use-send';

interface SubjectDialogProps {
  issuer: IdentityIssuer;
  onClose: () => void;
}

const useBind = (issuerId: string, onDone: () => void) =>
  useSend(
    (api, input: IdentitySubjectInput) =>
      api.post<IdentityIssuer>(`${ISSUERS_PATH}/${issuerId}/subjects`, input),
    onDone,
  );

/** Says which agent a subject of an issuer is. */
export function SubjectDialog({ issuer, onClose }: SubjectDialogProps) {
  const sending = useBind(issuer.id, onClose);
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('Add a subject of {issuer}', { issuer: issuer.name })}
      description={t(
        'Whoever the issuer calls so signs in as the agent. You have a part in what the agent does with it, and so approve none of it.',
      )}
      footer={
        <>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" form="add-subject" variant="primary" pending={sending.isPending}>
            {t('Add the subject')}
          </Button>
        </>
      }
    >
      <SubjectForm kind={issuer.kind} sending={sending} />
    </Dialog>
  );
}

function SubjectForm({
  kind,
  sending,
}: {
  kind: IdentityIssuer['kind'];
  sending: ReturnType<typeof useBind>;
}) {
  const [agentId, setAgentId] = useState('');
  const [missing, setMissing] = useState(false);
  const { at, rest } = placeErrors(sending.error, ['subject', 'agentId'], {
    subject_taken: 'subject',
  });
  const form = useFirstInvalid(sending.error);
  const { subjectHelp, subjectExample } = KIND_WORDS[kind];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setMissing(agentId === '');
    if (agentId === '') return;
    sending.mutate({ subject: formText(new FormData(event.currentTarget), 'subject'), agentId });
  };
  return (
    <form id="add-subject" ref={form} onSubmit={submit} className="flex flex-col gap-3">
      <Field label={t('Subject (sub)')} help={subjectHelp} error={at['subject']}>
        <Input
          name="subject"
          required
          maxLength={1_000}
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
          placeholder={subjectExample}
        />
      </Field>
      <AgentField
        value={agentId}
        onValue={setAgentId}
        error={missing && agentId === '' ? t('Choose the agent.') : at['agentId']}
      />
      <Refusal error={rest} unchanged={t('The subject stands for nobody yet.')} />
    </form>
  );
}
