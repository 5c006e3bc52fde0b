'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { InlineStatus } from '@/components/ui/inline-status';
import { Refusal } from '@/components/ui/refusal';
import type { IdentityIssuer, IdentityIssuerChange } from '@/lib/contracts';
import { counted, t, texts } from '@/lib/client/language';
import { IssuerFields } from './issuer-fields';
import {
  firstDraft,
  issuerChange,
  issuerInput,
  sameAlgorithms,
  sameKeys,
  type DraftProblem,
  type IssuerDraft,
} from './issuer-input';
import { placeErrors } from '@/components/ui/place-errors';
import { ISSUERS_PATH } from './queries';
import { useFirstInvalid } from '@/components/ui/use-first-invalid';
import { useSend } from './use-send';

const FIELDS = ['name', 'issuer', 'jwksUrl', 'jwks', 'algorithms'];
const CODES = { issuer_exists: 'issuer', address_refused: 'jwksUrl' };

const PROBLEMS: Readonly<Record<DraftProblem['code'], string>> = texts({
  no_json: 'This is no JSON. Paste the whole set of keys: {"keys": [...]}.',
  private: 'This holds a private key ("d"). Paste the public halves alone.',
  none: 'Choose at least one.',
});

type Sent = Extract<ReturnType<typeof issuerInput>, { input: unknown }>['input'];

function useAdd(onDone: () => void) {
  return useSend((api, input: Sent) => api.post<IdentityIssuer>(ISSUERS_PATH, input), onDone);
}

function useChange(id: string, onDone: () => void) {
  return useSend(
    (api, change: IdentityIssuerChange) =>
      api.patch<IdentityIssuer>(`${ISSUERS_PATH}/${id}`, change),
    onDone,
  );
}

/** Sends a new issuer whole, and of one that is there what was changed. */
function useSave(issuer: IdentityIssuer | undefined, onDone: () => void) {
  const add = useAdd(onDone);
  const change = useChange(issuer?.id ?? '', onDone);
  const { error, isPending } = issuer === undefined ? add : change;
  const save = (draft: IssuerDraft, input: Sent) => {
    if (issuer === undefined) return add.mutate(input);
    const changed = issuerChange(firstDraft(issuer), draft, input);
    if (changed === undefined) onDone();
    else change.mutate(changed);
  };
  return { error, isPending, save };
}

/** Adds an issuer, or changes what is known of one. */
export function IssuerDialog({
  issuer,
  onClose,
}: {
  issuer?: IdentityIssuer;
  onClose: () => void;
}) {
  const [draft, setDraft] = useState(() => firstDraft(issuer));
  const [problem, setProblem] = useState<DraftProblem>();
  const { error, isPending, save } = useSave(issuer, onClose);
  const { at, rest } = placeErrors(error, FIELDS, CODES);
  const form = useFirstInvalid(error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const made = issuerInput(draft);
    setProblem('input' in made ? undefined : made);
    if ('input' in made) save(draft, made.input);
  };
  const errors = problem === undefined ? at : { ...at, [problem.field]: PROBLEMS[problem.code] };
  return (
    <Dialog
      open
      width="md"
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={issuer === undefined ? t('Add an issuer') : t('Change {name}', { name: issuer.name })}
      description={
        issuer === undefined
          ? t(
              'Whoever holds its keys can sign in as each agent that one of its subjects stands for. You say which subjects these are afterwards.',
            )
          : undefined
      }
      footer={<Actions known={issuer !== undefined} pending={isPending} onClose={onClose} />}
    >
      <form id="issuer" ref={form} onSubmit={submit} className="flex flex-col gap-4">
        <IssuerFields
          draft={draft}
          known={issuer !== undefined}
          errors={errors}
          onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
        />
        {issuer === undefined ? null : <Follows issuer={issuer} draft={draft} />}
        <Refusal error={rest} unchanged={t('Nothing has changed.')} />
      </form>
    </Dialog>
  );
}

function Actions({
  known,
  pending,
  onClose,
}: {
  known: boolean;
  pending: boolean;
  onClose: () => void;
}) {
  return (
    <>
      <Button onClick={onClose}>{t('Cancel')}</Button>
      <Button type="submit" form="issuer" variant="primary" pending={pending}>
        {known ? t('Save the changes') : t('Believe this issuer')}
      </Button>
    </>
  );
}

/** What other keys lead to, said before they are saved. */
function Follows({ issuer, draft }: { issuer: IdentityIssuer; draft: IssuerDraft }) {
  const before = firstDraft(issuer);
  const same = sameKeys(before, draft) && sameAlgorithms(before, draft);
  const { length } = issuer.subjects;
  if (same || length === 0) return null;
  return (
    <InlineStatus tone="warning">
      {counted(
        length,
        'Other keys or signatures: agents that signed in with its {count} subject have to sign in again, and you have a part in what they do with it from now on.',
        'Other keys or signatures: agents that signed in with its {count} subjects have to sign in again, and you have a part in what they do with them from now on.',
      )}
    </InlineStatus>
  );
}
