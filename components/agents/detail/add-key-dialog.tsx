'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Select, Textarea } from '@/components/ui/field';
import { formText } from '@/components/ui/form-text';
import { placeErrors } from '@/components/ui/place-errors';
import { Refusal } from '@/components/ui/refusal';
import { useFirstInvalid } from '@/components/ui/use-first-invalid';
import type { AgentDetail, KeyRotation } from '@/lib/contracts';
import { agentKeys } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';
import { t, texts } from '@/lib/client/language';
import {
  chosenIn,
  expiryOf,
  KEY_LIVES,
  OTHERS,
  rotationOf,
  type Others,
  USUAL_LIFE,
  USUAL_OTHERS,
} from './key-choices';

type KeyProblem = 'no_json' | 'private';
const PROBLEMS: Readonly<Record<KeyProblem, string>> = texts({
  no_json: 'This is no JSON. Paste the whole key with its braces.',
  private: 'This is the private half ("d"). Paste the public one.',
});
const EXAMPLE = '{"kty": "OKP", "crv": "Ed25519", "x": "..."}';
const CODES = { key_in_use: 'publicKey' };

function useAdd(agentId: string, onDone: () => void) {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Partial<KeyRotation>) =>
      api.post<AgentDetail>(`/api/v1/agents/${encodeURIComponent(agentId)}/keys`, input),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: agentKeys.one(workspace, agentId) });
      onDone();
    },
  });
}

/** Gives an agent another key, and says what becomes of those it has. Only the public half ever comes here. */
export function AddKeyDialog({ agent, onClose }: { agent: AgentDetail; onClose: () => void }) {
  const add = useAdd(agent.id, onClose);
  return (
    <Dialog
      open
      width="md"
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('Give the agent another key')}
      description={t(
        'The pair is made where the agent runs; only its public half comes here. You have a part in what the agent signs with it, and so approve none of it.',
      )}
      footer={
        <>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" form="add-key" variant="primary" pending={add.isPending}>
            {t('Add the key')}
          </Button>
        </>
      }
    >
      <KeyForm add={add} />
    </Dialog>
  );
}

function KeyForm({ add }: { add: ReturnType<typeof useAdd> }) {
  const [problem, setProblem] = useState<KeyProblem>();
  const { at, rest } = placeErrors(add.error, ['publicKey'], CODES);
  const form = useFirstInvalid(add.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const publicKey = jwkOf(formText(fields, 'publicKey'));
    const wrong = wrongWith(publicKey);
    setProblem(wrong);
    if (publicKey === undefined || wrong !== undefined) return;
    const others = chosenIn(OTHERS, formText(fields, 'others'));
    const life = chosenIn(KEY_LIVES, formText(fields, 'life'));
    add.mutate({ publicKey, ...rotationOf(others), ...expiryOf(life, Date.now()) });
  };
  return (
    <form id="add-key" ref={form} onSubmit={submit} className="flex flex-col gap-3">
      <Field
        label={t('The public half, as JWK')}
        help={t('Ed25519, without the member "d".')}
        error={problem === undefined ? at['publicKey'] : PROBLEMS[problem]}
      >
        <Textarea
          name="publicKey"
          required
          rows={3}
          spellCheck={false}
          className="font-mono"
          placeholder={EXAMPLE}
        />
      </Field>
      <OthersField />
      <Field label={t('The new key ends')}>
        <Select name="life" defaultValue={USUAL_LIFE}>
          {Object.entries(KEY_LIVES).map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Refusal error={rest} unchanged={t('The agent has the keys it had.')} />
    </form>
  );
}

/** What becomes of the keys it has. */
function OthersField() {
  const [others, setOthers] = useState<Others>(USUAL_OTHERS);
  return (
    <Field label={t('The keys it has')} help={OTHERS[others].follows}>
      <Select
        name="others"
        value={others}
        onChange={({ target }) => setOthers(chosenIn(OTHERS, target.value))}
      >
        {Object.entries(OTHERS).map(([name, { label }]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** A private half never leaves the browser. */
function wrongWith(key: object | undefined): KeyProblem | undefined {
  if (key === undefined) return 'no_json';
  return 'd' in key ? 'private' : undefined;
}

/** A key as far as can be said without its schema: the server checks it. */
function jwkOf(text: string): KeyRotation['publicKey'] | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null
      ? (value as KeyRotation['publicKey'])
      : undefined;
  } catch {
    return undefined;
  }
}
