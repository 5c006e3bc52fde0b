'use client';

import { useQuery } from '@tanstack/react-query';
import { TextView } from '@/components/ui/code-view';
import { Field, Textarea } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import { Segmented } from '@/components/ui/segmented';
import { canMakeKeys, NODE_KEY_COMMAND } from './key-pair';

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
        This browser cannot make Ed25519 keys here: it needs https or localhost, and a recent
        version. Choose “I have a public key” and use Node.
      </InlineStatus>
    );
  return (
    <p className="text-dense text-ink-2">
      The private key is made here and shown once, after registering. The server receives the public
      half only.
    </p>
  );
}

function PasteKey({ problem }: { problem: string | undefined }) {
  return (
    <>
      <TextView label="Make a pair with Node" text={NODE_KEY_COMMAND} />
      <p className="text-dense text-ink-2">
        It writes the private key to agent-key.json and prints the public key. Paste what it
        printed:
      </p>
      <Field label="Public key (JWK)" hideLabel error={problem}>
        <Textarea
          name="publicKey"
          rows={3}
          className="font-mono"
          placeholder='{"kty":"OKP","crv":"Ed25519","x":"…"}'
        />
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
      <p className="text-dense font-medium">Key</p>
      <Segmented
        label="Where the key pair comes from"
        value={mode}
        onChange={onModeChange}
        className="self-start"
        options={[
          { value: 'make', label: 'Make one in this browser' },
          { value: 'paste', label: 'I have a public key' },
        ]}
      />
      {mode === 'make' ? <MakeHere /> : <PasteKey problem={problem} />}
    </div>
  );
}
