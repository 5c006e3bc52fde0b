'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { InlineStatus } from '@/components/ui/inline-status';
import { Refusal } from '@/components/ui/refusal';
import type { IdentityIssuer } from '@/lib/contracts';
import { counted, t, texts } from '@/lib/client/language';
import { IssuerFields } from './issuer-fields';
import { issuerInput, USUAL_ALGORITHMS, type DraftProblem, type IssuerDraft } from './issuer-input';
import { placeErrors } from '@/components/ui/place-errors';
import { ISSUERS_PATH } from './queries';
import { useFirstInvalid } from '@/components/ui/use-first-invalid';
import { useSend } from './use-send';

const FIELDS = ['name', 'issuer', 'jwksUrl', 'jwks', 'algorithms'];
const CODES = { issuer_exists: 'issuer', address_refused: 'jwksUrl' };

const PROBLEMS: Readonly<Record<DraftProblem['code'], string>> = texts({
  no_json: 'This is no JSON. Paste the whole set of keys: {"keys": [...]}.',
  none: 'Choose at least one.',
});

const firstDraft = (issuer: IdentityIssuer | undefined): IssuerDraft => ({
  kind: issuer?.kind ?? 'oidc',
  name: issuer?.name ?? '',
  issuer: issuer?.issuer ?? '',
  keysFrom: issuer !== undefined && issuer.jwksUrl === null ? 'pasted' : 'address',
  jwksUrl: issuer?.jwksUrl ?? '',
  jwks: issuer?.jwks ? JSON.stringify(issuer.jwks, null, 2) : '',
  algorithms: issuer?.algorithms ?? USUAL_ALGORITHMS,
});

function useSave(issuer: IdentityIssuer | undefined, onDone: () => void) {
  return useSend(
    (api, input: Extract<ReturnType<typeof issuerInput>, { input: unknown }>['input']) => {
      if (issuer === undefined) return api.post<IdentityIssuer>(ISSUERS_PATH, input);
      const { name, jwksUrl, jwks, algorithms } = input;
      return api.patch<IdentityIssuer>(`${ISSUERS_PATH}/${issuer.id}`, {
        name,
        jwksUrl,
        jwks,
        algorithms,
      });
    },
    onDone,
  );
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
  const save = useSave(issuer, onClose);
  const { at, rest } = placeErrors(save.error, FIELDS, CODES);
  const form = useFirstInvalid(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const made = issuerInput(draft);
    setProblem('input' in made ? undefined : made);
    if ('input' in made) save.mutate(made.input);
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
      footer={<Actions known={issuer !== undefined} pending={save.isPending} onClose={onClose} />}
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
  const same =
    before.keysFrom === draft.keysFrom &&
    (draft.keysFrom === 'address'
      ? before.jwksUrl === draft.jwksUrl
      : before.jwks === draft.jwks) &&
    [...before.algorithms].sort().join() === [...draft.algorithms].sort().join();
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
