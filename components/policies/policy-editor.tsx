'use client';

import { useId, useRef, useState, type RefObject } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Textarea } from '@/components/ui/field';
import { InlineStatus } from '@/components/ui/inline-status';
import { Panel } from '@/components/ui/panel';
import type { PolicyVersion } from '@/lib/contracts';
import { ApiError, describeError } from '@/lib/client/api-error';
import { parseTests, problemsOf, testsText, type PlacedNote } from './draft';
import { PlacedNotes } from './placed-notes';
import { PreviewView } from './preview-view';
import { goTo, TextEditor } from './text-editor';
import { usePreview, useSavePolicy } from './use-policy-calls';
import { counted, t } from '@/lib/client/language';

interface EditorProps {
  /** The version the draft began from. */
  current: PolicyVersion;
  /** The version in force now: another one once somebody was faster. */
  inForce: number;
  onSaved: (version: PolicyVersion) => void;
  onClose: () => void;
}

/** A draft, and what the server said about exactly this text: after an edit it said nothing yet. */
function useDraft({ current, onSaved }: Pick<EditorProps, 'current' | 'onSaved'>) {
  const [text, setText] = useState(current.text);
  const [typedTests, setTypedTests] = useState(testsText(current.tests));
  const [reason, setReason] = useState('');
  const preview = usePreview();
  const save = useSavePolicy(current.version, onSaved);
  const parsed = parseTests(typedTests);
  const forget = () => {
    preview.reset();
    save.reset();
  };
  return {
    text,
    typedTests,
    reason,
    parsed,
    preview,
    save,
    setReason,
    setText: (value: string) => {
      setText(value);
      forget();
    },
    setTests: (value: string) => {
      setTypedTests(value);
      forget();
    },
    changed: text !== current.text || typedTests !== testsText(current.tests),
    error: save.error ?? preview.error,
  };
}

type DraftState = ReturnType<typeof useDraft>;

function Refusal({ error, onGo }: { error: unknown; onGo: (note: PlacedNote) => void }) {
  if (!error) return null;
  const errors = error instanceof ApiError ? error.errors : undefined;
  const problems = problemsOf(errors);
  if (problems.length > 0)
    return (
      <PlacedNotes
        title={counted(
          problems.length,
          'The text does not compile: {count} problem.',
          'The text does not compile: {count} problems.',
        )}
        notes={problems}
        tone="error"
        onGo={onGo}
      />
    );
  return (
    <InlineStatus tone="error">
      {describeError(error).detail}
      {errors && errors.length > 1 ? (
        <ul className="mt-1 list-disc pl-5">
          {errors.map(({ path, message }) => (
            <li key={path}>{message}</li>
          ))}
        </ul>
      ) : null}
    </InlineStatus>
  );
}

function DraftFields({
  draft,
  area,
}: {
  draft: DraftState;
  area: RefObject<HTMLTextAreaElement | null>;
}) {
  const id = useId();
  const errors = draft.error instanceof ApiError ? draft.error.errors : undefined;
  const findings = draft.preview.data?.findings ?? [];
  const go = (note: PlacedNote) => goTo(area.current, note);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <label htmlFor={id} className="text-dense font-medium">
        {t('Cedar text')}
      </label>
      <TextEditor
        id={id}
        area={area}
        value={draft.text}
        onChange={draft.setText}
        problems={problemsOf(errors)}
        describedBy={`${id}-said`}
      />
      <div id={`${id}-said`} className="flex flex-col gap-2">
        <Refusal error={draft.error} onGo={go} />
        <PlacedNotes
          title={t(
            'The text compiles, and names what the catalogue does not have. Such a rule waits for it.',
          )}
          notes={findings}
          tone="warning"
          onGo={go}
        />
      </div>
      <TestsField draft={draft} />
    </div>
  );
}

/** JSON, the same in every language. */
const EXAMPLE_TESTS =
  '[{ "name": "payments wait", "input": { "trust": { "rung": 4 } }, "expect": "require_approval" }]';

function TestsField({ draft }: { draft: DraftState }) {
  return (
    <Field
      label={t('Tests')}
      optional
      help={t(
        'A list of calls in outline, each with a name and the outcome it must have. What is left out is the worst for the tool and harmless for the rest. They stay with the policy: a version that fails one is refused.',
      )}
      error={'problem' in draft.parsed ? draft.parsed.problem : undefined}
    >
      <Textarea
        value={draft.typedTests}
        rows={6}
        spellCheck={false}
        className="font-mono text-[12.5px] leading-5"
        placeholder={EXAMPLE_TESTS}
        onChange={(event) => draft.setTests(event.target.value)}
      />
    </Field>
  );
}

function blockedBecause({ parsed, changed, reason }: DraftState): string | undefined {
  if ('problem' in parsed) return t('Correct the tests first.');
  if (!changed) return t('Change something first.');
  return reason.trim() === '' ? t('Say why: the reason stays with the version.') : undefined;
}

function Foot({ draft, onClose }: { draft: DraftState; onClose: () => void }) {
  const { parsed, preview, save, text, reason } = draft;
  const tests = 'tests' in parsed ? parsed.tests : [];
  const blocked = blockedBecause(draft);
  const proposes = preview.data !== undefined && preview.data.widening.verdict !== 'narrower';
  return (
    <div className="mt-4 flex max-w-2xl flex-col gap-3 border-t border-line pt-4">
      <Field label={t('Reason')} help={t('Everybody who looks at the versions will read it.')}>
        <Textarea
          value={reason}
          maxLength={2000}
          rows={2}
          onChange={(event) => draft.setReason(event.target.value)}
        />
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          pending={preview.isPending}
          disabled={'problem' in parsed}
          onClick={() => preview.mutate({ text, tests })}
        >
          {t('Show what would change')}
        </Button>
        <Button
          variant="primary"
          pending={save.isPending}
          disabled={blocked !== undefined}
          onClick={() => save.mutate({ text, tests, reason: reason.trim() })}
        >
          {proposes ? t('Propose this text') : t('Put this text in force')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {t('Discard the draft')}
        </Button>
        {blocked ? <span className="text-dense text-ink-2">{blocked}</span> : null}
      </div>
      <p className="text-xs text-ink-2">
        {t(
          'A text that lets more through than today is proposed instead of put in force, and waits for a second person.',
        )}
      </p>
    </div>
  );
}

/** Edits the policy as a new version: problems beside their lines, what would change, why. */
export function PolicyEditor(props: EditorProps) {
  const draft = useDraft(props);
  const area = useRef<HTMLTextAreaElement>(null);
  return (
    <Panel
      title={t('Draft')}
      description={t('from version {version}', { version: props.current.version })}
    >
      {props.inForce === props.current.version ? null : (
        <InlineStatus tone="warning" className="mb-3">
          {t(
            'Version {version} came into force since you began. Copy your text, discard the draft and begin again from there.',
            { version: props.inForce },
          )}
        </InlineStatus>
      )}
      <DraftFields draft={draft} area={area} />
      <Foot draft={draft} onClose={props.onClose} />
      {draft.preview.data ? (
        <div className="mt-4 border-t border-line pt-4">
          <PreviewView preview={draft.preview.data} />
        </div>
      ) : null}
    </Panel>
  );
}
