'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Textarea } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import { Panel } from '@/components/ui/panel';
import type { LadderBody, LadderVersion } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { ladderKeys } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';
import { ClimbFields, ResponseFields, RungFields } from './ladder-fields';
import { LadderRuler } from './ladder-ruler';
import { ladderChanges, ladderProblems } from './ladder-words';
import { t } from '@/lib/client/language';

function useSaveLadder(basedOn: number, onSaved: () => void) {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { ladder: LadderBody; reason: string }) =>
      api.post<LadderVersion>('/api/v1/ladders', { ...input, basedOn }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ladderKeys.list(workspace) });
      onSaved();
    },
  });
}

function Changes({ changes }: { changes: readonly string[] }) {
  if (changes.length === 0) return <p className="text-ink-2">{t('Nothing is changed yet.')}</p>;
  return (
    <ul className="list-disc pl-5">
      {changes.map((change) => (
        <li key={change}>{change}</li>
      ))}
    </ul>
  );
}

/** Why the draft cannot be put in force yet; nothing when it can. */
function blockedBecause(problems: object, changes: readonly string[], reason: string) {
  if (Object.keys(problems).length > 0) return t('Correct the marked fields first.');
  if (changes.length === 0) return t('Change something first.');
  return reason.trim() === '' ? t('Say why: the reason stays with the version.') : undefined;
}

interface EditorProps {
  current: LadderVersion;
  agentsByRung: Record<string, number>;
  onClose: () => void;
}

function SaveDraft({
  current,
  draft,
  onClose,
}: Omit<EditorProps, 'agentsByRung'> & { draft: LadderBody }) {
  const [reason, setReason] = useState('');
  const save = useSaveLadder(current.version, onClose);
  const changes = ladderChanges(current.ladder, draft);
  const blocked = blockedBecause(ladderProblems(draft), changes, reason);
  return (
    <div className="mt-5 flex max-w-2xl flex-col gap-3 border-t border-line pt-4">
      <p className="text-dense font-medium">{t('What changes')}</p>
      <Changes changes={changes} />
      <Field
        label={t('Reason')}
        help={t("Everybody who looks at an agent's history will read it.")}
      >
        <Textarea
          value={reason}
          maxLength={2000}
          onChange={(event) => setReason(event.target.value)}
          rows={2}
        />
      </Field>
      {save.error ? (
        <InlineStatus tone="error">{describeError(save.error).detail}</InlineStatus>
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant="primary"
          pending={save.isPending}
          disabled={blocked !== undefined}
          onClick={() => save.mutate({ ladder: draft, reason: reason.trim() })}
        >
          {t('Put version {version} in force', { version: current.version + 1 })}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {t('Discard the draft')}
        </Button>
        {blocked ? <span className="text-dense text-ink-2">{blocked}</span> : null}
      </div>
    </div>
  );
}

/** Edits the ladder as a new version. The ruler shows the draft; the foot says what would change, and asks why. */
export function LadderEditor({ current, agentsByRung, onClose }: EditorProps) {
  const [draft, setDraft] = useState(current.ladder);
  const problems = ladderProblems(draft);
  const drawable = Object.keys(problems).length === 0;
  return (
    <Panel
      title={t('Draft of version {version}', { version: current.version + 1 })}
      description={t('from version {version}', { version: current.version })}
    >
      <LadderRuler ladder={drawable ? draft : current.ladder} agentsByRung={agentsByRung} />
      <p className="mt-1 text-xs text-ink-2">
        {t(
          'Agents are counted on the rungs they hold now. After the change each is placed again with its next evidence or decision.',
        )}
      </p>
      <div className="mt-4 grid gap-6 border-t border-line pt-4 lg:grid-cols-2">
        <RungFields ladder={draft} problems={problems} onChange={setDraft} />
        <div className="flex flex-col gap-6">
          <ClimbFields ladder={draft} problems={problems} onChange={setDraft} />
          <ResponseFields ladder={draft} problems={problems} onChange={setDraft} />
        </div>
      </div>
      <SaveDraft current={current} draft={draft} onClose={onClose} />
    </Panel>
  );
}
