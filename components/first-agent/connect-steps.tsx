'use client';

import { Download } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { TextView } from '@/components/ui/code-view';
import { CopyButton } from '@/components/ui/copy-button';
import { InlineStatus } from '@/components/ui/inline-status';
import { Panel } from '@/components/ui/panel';
import { FirstCall } from './first-call';
import type { Registered } from './register-form';
import { scriptSteps, wholeScript, type ScriptFacts } from './script';
import { rich, t } from '@/lib/client/language';

const SCRIPT_FILE = 'my-agent.mjs';
const KEY_FILE = 'agent-key.json';

function save(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function PrivateKey({ text }: { text: string }) {
  return (
    <Panel title={t('1. Keep the private key')} level={3}>
      <InlineStatus tone="warning" className="mb-3">
        {t(
          'This is the only copy. It is not stored and cannot be shown again after you leave this page.',
        )}
      </InlineStatus>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          icon={<Download aria-hidden size={14} />}
          onClick={() => save(KEY_FILE, text)}
        >
          {t('Save agent-key.json')}
        </Button>
        <CopyButton text={text} label={t('Copy the private key')} />
      </div>
    </Panel>
  );
}

/** The parts of the script, one under the other. */
function Steps({ facts }: { facts: ScriptFacts }) {
  return scriptSteps(facts).map((step) => (
    <div key={step.title} className="flex flex-col gap-1.5">
      <p>
        <strong className="font-semibold">{step.title}.</strong>{' '}
        <span className="text-ink-2">{step.text}</span>
      </p>
      <TextView whole label={step.title} text={step.code} />
    </div>
  ));
}

/** All parts with their words, to be saved, copied or read. */
function WholeScript({ facts }: { facts: ScriptFacts }) {
  return (
    <Panel
      title={t('2. Let it ask before it acts')}
      level={3}
      actions={
        <>
          <CopyButton text={wholeScript(facts)} label={t('Copy the whole script')} />
          <Button
            size="sm"
            icon={<Download aria-hidden size={14} />}
            onClick={() => save(SCRIPT_FILE, wholeScript(facts))}
          >
            {t('Save {file}', { file: SCRIPT_FILE })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-ink-2">
          {rich(
            'Save all parts as {script} beside {key} and run {command}. Node 20, no packages.',
            {
              script: <code>{SCRIPT_FILE}</code>,
              key: <code>{KEY_FILE}</code>,
              command: <code>{`node ${SCRIPT_FILE}`}</code>,
            },
          )}
        </p>
        <Steps facts={facts} />
      </div>
    </Panel>
  );
}

/** After registering: the key, the lines to run, and a live wait for the first call. */
export function ConnectSteps({ registered }: { registered: Registered }) {
  const { agent, keyPair, tool } = registered;
  const facts = { url: window.location.origin, agentId: agent.id, tool };
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <InlineStatus tone="done">
        {rich('{name} is registered, on rung 1. Its id is {id}.', {
          name: agent.name,
          id: <code className="select-all">{agent.id}</code>,
        })}
      </InlineStatus>
      {keyPair ? (
        <PrivateKey text={JSON.stringify(keyPair.privateKey)} />
      ) : (
        <Panel title={t('1. Put agent-key.json beside the script')} level={3}>
          <p className="text-ink-2">
            {t('The file that the Node command wrote, with the private key in it.')}
          </p>
        </Panel>
      )}
      <WholeScript facts={facts} />
      <Panel title={t('3. The first call')} level={3}>
        <FirstCall agentId={agent.id} agentName={agent.name} />
      </Panel>
    </div>
  );
}
