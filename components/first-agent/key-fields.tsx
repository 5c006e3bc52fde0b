'use client';

import { useQuery } from '@tanstack/react-query';
import { TextView } from '@/components/ui/code-view';
import { Field, Textarea } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import { Segmented } from '@/components/ui/segmented';
import { canMakeKeys, NODE_KEY_COMMAND } from './key-pair';
import { t } from '@/lib/client/language';

export type KeyMode = 'make' | 'paste';

function MakeHere() {
  const able = useQuery({
    queryKey: ['browser', 'ed25519'],
    queryFn: canMakeKeys,
    staleTime: Infinity,
  });
  if (able.data === false)
    return (
      <InlineStatus tone="warning">
        {t(
          'This browser cannot make Ed25519 keys here: it needs https or localhost, and a recent version. Choose “I have a public key” and use Node.',
        )}
      </InlineStatus>
    );
  return (
    <p className="text-dense text-ink-2">
      {t(
        'The private key is made here and shown once, after registering. The server receives the public half only.',
      )}
    </p>
  );
}

const EXAMPLE_KEY = '{"kty":"OKP","crv":"Ed25519","x":"…"}';

function PasteKey({ problem }: { problem: string | undefined }) {
  return (
    <>
      <TextView label={t('Make a pair with Node')} text={NODE_KEY_COMMAND} />
      <p className="text-dense text-ink-2">
        {t(
          'It writes the private key to agent-key.json and prints the public key. Paste what it printed:',
        )}
      </p>
      <Field label={t('Public key (JWK)')} hideLabel error={problem}>
        <Textarea name="publicKey" rows={3} className="font-mono" placeholder={EXAMPLE_KEY} />
      </Field>
    </>
  );
}

/** Where the agent's key pair comes from. The server only ever sees the public half. */
export function KeyFields({
  mode,
  onModeChange,
  problem,
}: {
  mode: KeyMode;
  onModeChange: (mode: KeyMode) => void;
  problem: string | undefined;
}) {
  return (
    <div className="flex flex-col gap-2">
      <p className="text-dense font-medium">{t('Key')}</p>
      <Segmented
        label={t('Where the key pair comes from')}
        value={mode}
        onChange={onModeChange}
        className="self-start"
        options={[
          { value: 'make', label: t('Make one in this browser') },
          { value: 'paste', label: t('I have a public key') },
        ]}
      />
      {mode === 'make' ? <MakeHere /> : <PasteKey problem={problem} />}
    </div>
  );
}
