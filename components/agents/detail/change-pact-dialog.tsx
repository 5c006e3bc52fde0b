'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Textarea } from '@/components/ui/field';
import { formText } from '@/components/ui/form-text';
import { placeErrors } from '@/components/ui/place-errors';
import { Refusal } from '@/components/ui/refusal';
import { useFirstInvalid } from '@/components/ui/use-first-invalid';
import type { AgentDetail, Pact, PactChange } from '@/lib/contracts';
import { agentKeys } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';
import { budgetLines, budgetsOf, toolLines, toolsOf, withLines } from './pact-form';

function useChange(agentId: string, onDone: () => void) {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: PactChange) =>
      api.put<AgentDetail>(`/api/v1/agents/${encodeURIComponent(agentId)}/pact`, change),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: agentKeys.one(workspace, agentId) });
      onDone();
    },
  });
}

/** What is wrong with the form before it is sent. */
type Wrong = 'budgets' | 'reason';

/** Reads the form and sends it, or puts the cursor where something is wrong. */
function usePactForm({ pact, pactVersion, id }: AgentDetail, onDone: () => void) {
  // What the person began from, whatever comes in while they write.
  const [start] = useState({ pact, basedOn: pactVersion });
  const [wrong, setWrong] = useState<Wrong>();
  const change = useChange(id, onDone);
  const form = useFirstInvalid(change.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const budgets = budgetsOf(formText(fields, 'budgets'));
    const reason = formText(fields, 'reason');
    const found = budgets === undefined ? 'budgets' : reason === '' ? 'reason' : undefined;
    setWrong(found);
    if (found !== undefined)
      event.currentTarget.querySelector<HTMLElement>(`[name="${found}"]`)?.focus();
    if (budgets === undefined || reason === '') return;
    const changed = withLines(start.pact, toolsOf(formText(fields, 'tools')), budgets);
    change.mutate({ pact: changed, reason, basedOn: start.basedOn });
  };
  return { start: start.pact, wrong, change, form, submit };
}

/** Changes the tools and budgets of a pact. The version that was read goes along, so that nobody undoes what came in between. */
export function ChangePactDialog({ agent, onClose }: { agent: AgentDetail; onClose: () => void }) {
  const { start, wrong, change, form, submit } = usePactForm(agent, onClose);
  const { at, rest } = placeErrors(change.error, ['reason']);
  return (
    <Dialog
      open
      width="md"
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('Change the pact')}
      description={t(
        'It holds for the next decision. What waits or was allowed and lies outside of the new pact is cancelled.',
      )}
      footer={
        <>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" form="change-pact" variant="primary" pending={change.isPending}>
            {t('Change the pact')}
          </Button>
        </>
      }
    >
      <form
        id="change-pact"
        ref={form}
        onSubmit={submit}
        noValidate
        className="flex flex-col gap-3"
      >
        <ClauseFields pact={start} wrong={wrong} />
        <Field
          label={t('Reason')}
          help={t('Stands in the ledger.')}
          error={wrong === 'reason' ? t('Say why the pact changes.') : at['reason']}
        >
          <Textarea name="reason" rows={2} maxLength={2_000} />
        </Field>
        <Refusal error={rest} unchanged={t('The pact is as it was.')} />
      </form>
    </Dialog>
  );
}

function ClauseFields({ pact, wrong }: { pact: Pact; wrong: Wrong | undefined }) {
  return (
    <>
      <Field
        label={t('Tools')}
        help={t('One a line; * for any. Without one, every call is denied.')}
      >
        <Textarea
          name="tools"
          autoFocus
          rows={5}
          spellCheck={false}
          className="font-mono"
          defaultValue={toolLines(pact)}
        />
      </Field>
      <Field
        label={t('Budgets')}
        help={t('One a line: most calls / seconds, and the tool if it is for one alone.')}
        error={
          wrong === 'budgets'
            ? t('A line is no budget. Write 100 / 3600, or 5 / 60 crm.update.')
            : undefined
        }
      >
        <Textarea
          name="budgets"
          rows={2}
          spellCheck={false}
          className="font-mono"
          placeholder="100 / 3600"
          defaultValue={budgetLines(pact)}
        />
      </Field>
    </>
  );
}
