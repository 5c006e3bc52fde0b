'use client';

import { Checkbox, Field, Input, Select, Textarea } from '@/components/ui/field';
import { t } from '@/lib/client/language';
import { Fact, Facts } from '../outside-facts';
import { ALGORITHMS, type IssuerDraft } from './issuer-input';
import { KIND_WORDS, KINDS } from './issuer-words';

const EXAMPLE_ADDRESS = 'https://idp.example/.well-known/jwks.json';
const EXAMPLE_KEYS =
  '{"keys": [{"kty": "EC", "crv": "P-256", "kid": "1", "x": "...", "y": "..."}]}';

interface IssuerFieldsProps {
  draft: IssuerDraft;
  /** It is there already: who it is stays. */
  known: boolean;
  errors: Readonly<Record<string, string>>;
  onChange: (change: Partial<IssuerDraft>) => void;
}

/** Who the issuer is, where its keys are, and how it may sign. */
export function IssuerFields(props: IssuerFieldsProps) {
  const { draft, errors, onChange } = props;
  return (
    <>
      {props.known ? null : <Kind {...props} />}
      <Field label={t('Name')} help={t('As people here call it.')} error={errors['name']}>
        <Input
          required
          maxLength={120}
          autoComplete="off"
          value={draft.name}
          onChange={({ target }) => onChange({ name: target.value })}
        />
      </Field>
      {props.known ? <Known draft={draft} /> : <Issuer {...props} />}
      <Keys {...props} />
      <Signatures {...props} />
    </>
  );
}

function Kind({ draft, onChange }: IssuerFieldsProps) {
  return (
    <Field label={t('Kind')}>
      <Select
        value={draft.kind}
        onChange={({ target }) =>
          onChange({ kind: KINDS.find((kind) => kind === target.value) ?? 'oidc' })
        }
      >
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {KIND_WORDS[kind].name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function Issuer({ draft, errors, onChange }: IssuerFieldsProps) {
  const words = KIND_WORDS[draft.kind];
  return (
    <Field label={words.issuer} help={words.issuerHelp} error={errors['issuer']}>
      <Input
        required
        maxLength={1_000}
        autoComplete="off"
        spellCheck={false}
        className="font-mono"
        placeholder={words.example}
        value={draft.issuer}
        onChange={({ target }) => onChange({ issuer: target.value.trim() })}
      />
    </Field>
  );
}

function Known({ draft }: { draft: IssuerDraft }) {
  return (
    <div className="flex flex-col gap-1">
      <Facts>
        <Fact name={KIND_WORDS[draft.kind].issuer}>
          <code>{draft.issuer}</code>
        </Fact>
      </Facts>
      <p className="text-xs text-ink-2">
        {t('To believe another one, add it and remove this one.')}
      </p>
    </div>
  );
}

function Keys(props: IssuerFieldsProps) {
  const { draft, onChange } = props;
  return (
    <>
      <Field label={t('Its public keys')}>
        <Select
          value={draft.keysFrom}
          onChange={({ target }) =>
            onChange({ keysFrom: target.value === 'pasted' ? 'pasted' : 'address' })
          }
        >
          <option value="address">{t('are read from an address (JWKS)')}</option>
          <option value="pasted">{t('are pasted here, and stay until you change them')}</option>
        </Select>
      </Field>
      {draft.keysFrom === 'address' ? <KeysAddress {...props} /> : <PastedKeys {...props} />}
    </>
  );
}

function KeysAddress({ draft, errors, onChange }: IssuerFieldsProps) {
  return (
    <Field
      label={t('Address of the keys')}
      help={t('They are read from there and from nowhere else, over https.')}
      error={errors['jwksUrl']}
    >
      <Input
        type="url"
        required
        maxLength={2_000}
        autoComplete="off"
        spellCheck={false}
        className="font-mono"
        placeholder={EXAMPLE_ADDRESS}
        value={draft.jwksUrl}
        onChange={({ target }) => onChange({ jwksUrl: target.value.trim() })}
      />
    </Field>
  );
}

function PastedKeys({ draft, errors, onChange }: IssuerFieldsProps) {
  return (
    <Field
      label={t('The set of keys (JWKS)')}
      help={t('Public keys alone; a SPIFFE bundle is one, too.')}
      error={errors['jwks']}
    >
      <Textarea
        required
        rows={6}
        spellCheck={false}
        className="font-mono"
        placeholder={EXAMPLE_KEYS}
        value={draft.jwks}
        onChange={({ target }) => onChange({ jwks: target.value })}
      />
    </Field>
  );
}

function Signatures({ draft, errors, onChange }: IssuerFieldsProps) {
  const error = errors['algorithms'];
  const toggle = (name: string, on: boolean) =>
    onChange({
      algorithms: on
        ? [...draft.algorithms, name]
        : draft.algorithms.filter((chosen) => chosen !== name),
    });
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="pb-1 text-dense font-medium">{t('Signatures it may use')}</legend>
      <div className="grid grid-cols-3 gap-x-3 gap-y-1 sm:grid-cols-5">
        {ALGORITHMS.map((name) => (
          <Checkbox
            key={name}
            label={<code>{name}</code>}
            checked={draft.algorithms.includes(name)}
            aria-invalid={error !== undefined || undefined}
            onChange={({ target }) => toggle(name, target.checked)}
          />
        ))}
      </div>
      {error === undefined ? null : (
        <p role="alert" className="text-xs font-medium text-sev-1">
          {error}
        </p>
      )}
    </fieldset>
  );
}
