'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Input, Select } from '@/components/ui/field';
import { formText } from '@/components/ui/form-text';
import { InlineStatus } from '@/components/ui/inline-status';
import { Refusal } from '@/components/ui/refusal';
import type { EvidenceProtocol, EvidenceSource, EvidenceSourceInput } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { SecretOnce } from '../secret-once';
import { newSecret } from './new-secret';
import { placeErrors } from '@/components/ui/place-errors';
import { SOURCES_PATH } from './queries';
import { limitsOf, SourceLimits } from './source-limits';
import { addressOf, PROTOCOL_WORDS, PROTOCOLS, sourceName } from './source-words';
import { useFirstInvalid } from '@/components/ui/use-first-invalid';
import { useSend } from './use-send';

const FIELDS = ['name', 'weight', 'dailyCap'];
const CODES = { source_exists: 'name' };
const USUAL_CAP = 10_000;

function useAdd() {
  return useSend((api, input: EvidenceSourceInput) =>
    api.post<EvidenceSource>(SOURCES_PATH, input),
  );
}

/** Adds a source; the secret of a build is made here and shown once. */
export function AddSourceDialog({ onClose }: { onClose: () => void }) {
  const [secret] = useState(newSecret);
  const add = useAdd();
  const footer = add.data ? (
    <Button variant="primary" onClick={onClose}>
      {add.data.hasSecret ? t('I have copied it') : t('Done')}
    </Button>
  ) : (
    <>
      <Button onClick={onClose}>{t('Cancel')}</Button>
      <Button type="submit" form="add-source" variant="primary" pending={add.isPending}>
        {t('Add the source')}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('Add a source')}
      description={
        add.data ? undefined : t('How much it may say in a day, and how much it weighs.')
      }
      footer={footer}
    >
      {add.data ? (
        <Added source={add.data} secret={secret} />
      ) : (
        <SourceForm add={add} secret={secret} />
      )}
    </Dialog>
  );
}

function Added({ source, secret }: { source: EvidenceSource; secret: string }) {
  const name = sourceName(source);
  const address = addressOf(source);
  return (
    <div className="flex flex-col gap-3">
      <InlineStatus tone="done">
        {t('{name} counts from its next delivery.', { name })}
      </InlineStatus>
      {source.hasSecret ? (
        <SecretOnce what={t('The secret of {name}', { name })} secret={secret} />
      ) : null}
      <p className="text-dense">
        {source.hasSecret
          ? t('Put the secret and this address into the settings of its webhook:')
          : t('It sends to this address, with an API key:')}
      </p>
      <p className="flex items-center gap-2">
        <code className="rounded-sm border border-line bg-sunken px-2 py-1 text-dense select-all wrap-anywhere">
          {address}
        </code>
        <CopyButton text={address} label={t('Copy the address')} />
      </p>
    </div>
  );
}

function SourceForm({ add, secret }: { add: ReturnType<typeof useAdd>; secret: string }) {
  const [protocol, setProtocol] = useState<EvidenceProtocol>('cloudevents');
  const { at, rest } = placeErrors(add.error, FIELDS, CODES);
  const form = useFirstInvalid(add.error);
  const words = PROTOCOL_WORDS[protocol];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    add.mutate({
      protocol,
      name: formText(fields, 'name'),
      ...limitsOf(fields),
      ...(protocol === 'ci' ? { secret } : {}),
    });
  };
  return (
    <form id="add-source" ref={form} onSubmit={submit} className="flex flex-col gap-3">
      <ProtocolField protocol={protocol} onProtocol={setProtocol} />
      <Field label={t('Name')} help={words.nameHelp} error={at['name']}>
        <Input
          name="name"
          required
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
          placeholder={words.example}
        />
      </Field>
      <SourceLimits weight={1} dailyCap={USUAL_CAP} errors={at} />
      <Refusal error={rest} unchanged={t('Nothing was added.')} />
    </form>
  );
}

function ProtocolField({
  protocol,
  onProtocol,
}: {
  protocol: EvidenceProtocol;
  onProtocol: (protocol: EvidenceProtocol) => void;
}) {
  return (
    <Field
      label={t('What it sends')}
      help={
        protocol === 'ci'
          ? t('A secret for its signatures is made with it, and shown once.')
          : t('Whoever sends has an API key that may record evidence.')
      }
    >
      <Select
        value={protocol}
        onChange={({ target }) =>
          onProtocol(PROTOCOLS.find((known) => known === target.value) ?? 'cloudevents')
        }
      >
        {PROTOCOLS.map((known) => (
          <option key={known} value={known}>
            {PROTOCOL_WORDS[known].name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
