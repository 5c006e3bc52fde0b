'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input, Textarea } from '@/components/ui/field';
import { formText } from '@/components/ui/form-text';
import { InlineStatus } from '@/components/ui/inline-status';
import type { AgentDetail } from '@/lib/contracts';
import { ApiError, describeError } from '@/lib/client/api-error';
import { useOnlyReviewer } from '@/lib/client/only-reviewer';
import { useApi, useSession } from '@/lib/client/session';
import { KeyFields, type KeyMode } from './key-fields';
import { makeKeyPair, readPublicKey, type KeyPair } from './key-pair';
import { registerWithTools } from './register';
import { ToolFields } from './tool-fields';
import { FIRST_TOOL, toolNameProblem, toolToCall, type ToolChoice } from './tool-choice';
import { t } from '@/lib/client/language';

export interface Registered {
  agent: AgentDetail;
  /** Present when the pair was made here: the only copy of the private key. */
  keyPair: KeyPair | undefined;
  /** What the script asks for; undefined where the pact names no tool but allows any. */
  tool: string | undefined;
}

type Problems = Partial<Record<'tools' | 'key' | 'form', string>>;

async function keyOf(mode: KeyMode, pasted: string) {
  if (mode === 'make') {
    const keyPair = await makeKeyPair();
    return { keyPair, publicKey: keyPair.publicKey };
  }
  const read = readPublicKey(pasted);
  if ('problem' in read) return read;
  return { keyPair: undefined, publicKey: read.key };
}

function useRegister(onDone: (registered: Registered) => void) {
  const api = useApi();
  const [pending, setPending] = useState(false);
  const [problems, setProblems] = useState<Problems>({});

  const register = async (fields: FormData, tools: readonly ToolChoice[], mode: KeyMode) => {
    const toolProblem = tools.map(({ name }) => toolNameProblem(name)).find(Boolean);
    setProblems(toolProblem ? { tools: toolProblem } : {});
    if (toolProblem) return;
    setPending(true);
    try {
      const key = await keyOf(mode, formText(fields, 'publicKey'));
      if ('problem' in key) return setProblems({ key: key.problem });
      const agent = await registerWithTools(
        api,
        {
          name: formText(fields, 'name'),
          version: formText(fields, 'version'),
          owner: formText(fields, 'owner'),
          purpose: formText(fields, 'purpose'),
          publicKey: key.publicKey,
          tags: [],
        },
        tools,
      );
      onDone({ agent, keyPair: key.keyPair, tool: toolToCall(tools) });
    } catch (error) {
      const details =
        error instanceof ApiError
          ? error.errors?.map(({ path, message }) => `${path}: ${message}`)
          : [];
      setProblems({ form: [describeError(error).detail, ...(details ?? [])].join(' ') });
    } finally {
      setPending(false);
    }
  };
  return { pending, problems, register };
}

/** Who answers for the agent, and a warning when that would leave nobody to decide its calls. */
function OwnerField() {
  const { person } = useSession();
  const [owner, setOwner] = useState(person.email);
  const isMe = [person.email, person.name].some(
    (name) => name.toLowerCase() === owner.trim().toLowerCase(),
  );
  const alone = useOnlyReviewer() && isMe;
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={t('Owner')}
        help={t(
          "The person or team that answers for it. An owner never approves the agent's own calls.",
        )}
      >
        <Input
          name="owner"
          required
          maxLength={200}
          value={owner}
          onChange={(event) => setOwner(event.target.value)}
        />
      </Field>
      {alone ? (
        <InlineStatus tone="warning">
          {t(
            'You are the only reviewer here. Name another owner, or add a person under Settings, or nobody can approve.',
          )}
        </InlineStatus>
      ) : null}
    </div>
  );
}

/** Who the agent is, what it is for, which tools it may use, and its key. */
export function RegisterForm({ onDone }: { onDone: (registered: Registered) => void }) {
  const { pending, problems, register } = useRegister(onDone);
  const [tools, setTools] = useState<readonly ToolChoice[]>([FIRST_TOOL]);
  const [mode, setMode] = useState<KeyMode>('make');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void register(new FormData(event.currentTarget), tools, mode);
  };
  return (
    <form onSubmit={submit} className="flex max-w-2xl flex-col gap-5">
      <div className="grid gap-4 sm:grid-cols-[1fr_8rem]">
        <Field label={t('Name')} help={t('As people will see it in lists and approvals.')}>
          <Input name="name" required maxLength={120} placeholder="support-assistant" autoFocus />
        </Field>
        <Field label={t('Version')}>
          <Input name="version" required maxLength={100} defaultValue="1.0.0" />
        </Field>
      </div>
      <OwnerField />
      <Field
        label={t('Purpose')}
        help={t('What it is for, in a sentence or two. Reviewers read this.')}
      >
        <Textarea
          name="purpose"
          required
          maxLength={2000}
          rows={2}
          placeholder={t('Answers customers and looks up their orders.')}
        />
      </Field>
      <ToolFields tools={tools} onChange={setTools} problem={problems.tools} />
      <KeyFields mode={mode} onModeChange={setMode} problem={problems.key} />
      {problems.form ? <InlineStatus tone="error">{problems.form}</InlineStatus> : null}
      <div>
        <Button type="submit" variant="primary" pending={pending}>
          {t('Register agent')}
        </Button>
      </div>
    </form>
  );
}
