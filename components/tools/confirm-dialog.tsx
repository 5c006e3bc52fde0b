'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Checkbox, Field, Select } from '@/components/ui/field';
import { Refusal } from '@/components/ui/refusal';
import { DATA_CLASS_NAMES, DATA_CLASS_WORDS } from '@/components/ui/data-class-words';
import { RISK_NAMES } from '@/components/ui/risk-words';
import type { Risk, Tool, ToolImport } from '@/lib/contracts';
import { toolKeys } from '@/lib/client/query-keys';
import { useApi, usePermission, useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';
import { DefinitionView, Warnings } from './definition-view';
import { firstFacts, hintsOf, type ToolFactsInput } from './hints';

const RISKS = ['low', 'medium', 'high', 'critical'] as const satisfies readonly Risk[];

interface Props {
  tool: ToolImport;
  /** What is decided on now, where a person has said it. */
  known: Tool | undefined;
  onClose: () => void;
}

function useConfirm({ tool, known, onClose }: Props) {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (facts: ToolFactsInput) =>
      api.post('/api/v1/tool-imports/confirm', {
        ...facts,
        name: tool.name,
        digest: tool.seen.digest,
        tags: known?.tags ?? [],
        ...(known?.description === undefined ? {} : { description: known.description }),
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: toolKeys.list(workspace).slice(0, 2) });
      onClose();
    },
  });
}

type Change = (change: Partial<ToolFactsInput>) => void;

function FactBoxes({ facts, change }: { facts: ToolFactsInput; change: Change }) {
  return (
    <div className="flex flex-col gap-1">
      <Checkbox
        label={t('What it does can be undone')}
        checked={facts.reversible}
        onChange={({ target }) => change({ reversible: target.checked })}
      />
      <Checkbox
        label={t('It reaches outside')}
        checked={facts.egress}
        onChange={({ target }) => change({ egress: target.checked })}
      />
      <Checkbox
        label={t('Its results may carry text that others wrote')}
        checked={facts.untrustedOutput}
        onChange={({ target }) => change({ untrustedOutput: target.checked })}
      />
    </div>
  );
}

function FactFields({ facts, change }: { facts: ToolFactsInput; change: Change }) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={t('What a call does')}>
        <Select
          value={facts.sideEffect}
          onChange={({ target }) =>
            change({ sideEffect: target.value === 'none' ? 'none' : 'write' })
          }
        >
          <option value="none">{t('only reads')}</option>
          <option value="write">{t('makes changes')}</option>
        </Select>
      </Field>
      <Field label={t('Risk of a call')}>
        <Select
          value={facts.risk}
          onChange={({ target }) =>
            change({ risk: RISKS.find((risk) => risk === target.value) ?? 'high' })
          }
        >
          {RISKS.map((risk) => (
            <option key={risk} value={risk}>
              {RISK_NAMES[risk]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('Data it touches')}>
        <Select
          value={facts.dataClass}
          onChange={({ target }) =>
            change({
              dataClass: DATA_CLASS_NAMES.find((name) => name === target.value) ?? 'restricted',
            })
          }
        >
          {DATA_CLASS_NAMES.map((name) => (
            <option key={name} value={name}>
              {DATA_CLASS_WORDS[name]}
            </option>
          ))}
        </Select>
      </Field>
      <FactBoxes facts={facts} change={change} />
    </div>
  );
}

/** A person reads what a server says of its tool, and says what it can do. */
export function ConfirmDialog(props: Props) {
  const { tool, known, onClose } = props;
  const confirm = useConfirm(props);
  const mayEdit = usePermission('tools.edit');
  const [facts, setFacts] = useState(() => firstFacts(tool.seen.definition, known));
  const hints = hintsOf(tool.seen.definition);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate(facts);
  };
  const footer = (
    <>
      <Button onClick={onClose}>{mayEdit ? t('Cancel') : t('Close')}</Button>
      {mayEdit ? (
        <Button type="submit" form="confirm-tool" variant="primary" pending={confirm.isPending}>
          {t('Confirm this definition')}
        </Button>
      ) : null}
    </>
  );
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={<code>{tool.name}</code>}
      description={t(
        'Written by the server {server}. Nothing in it is true because it stands there.',
        { server: tool.upstream },
      )}
      footer={footer}
    >
      <form id="confirm-tool" onSubmit={submit} className="flex flex-col gap-3">
        <Warnings tool={tool} />
        <DefinitionView tool={tool} />
        <p className="text-dense text-ink-2">
          {hints.length === 0
            ? t('The server gives no hints, so the worst is assumed. Say what the tool can do:')
            : t('The server hints {hints}. Say what the tool can do:', { hints: hints.join(', ') })}
        </p>
        <FactFields
          facts={facts}
          change={(change) => setFacts((before) => ({ ...before, ...change }))}
        />
        <Refusal error={confirm.error} />
      </form>
    </Dialog>
  );
}
