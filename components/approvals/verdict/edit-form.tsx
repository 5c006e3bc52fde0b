'use client';

import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Button } from '@/components/ui/button';
import { CodeView } from '@/components/ui/code-view';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail, Json } from '@/lib/contracts';
import { changesBetween, editProblems } from '@/lib/contracts/argument-edits';
import { counted, rich, t } from '@/lib/client/language';
import { type Drafts, fieldsOf, readDrafts } from '../edit-draft';
import { needsTypedTarget } from '../approval-state';
import { CONFIRM_GUARD_MS } from '../shortcuts';
import { ChangeList } from './change-list';
import { EditedField } from './edited-field';
import { FormActions } from './form-actions';
import { KeyHint } from './key-hint';
import { TypedTarget } from './typed-target';

export type Edits = Record<string, Json>;

export interface EditFormProps {
  approval: ApprovalDetail;
  pending: boolean;
  onApprove: (edits: Edits, target?: string) => void;
  onCancel: () => void;
}

/**
 * The arguments by type, the exact JSON beside, then what differs before it is sent. The server judges the result again: until
 * it has, nothing is approved.
 */
export function EditForm({ approval, pending, onApprove, onCancel }: EditFormProps) {
  const form = useEditing(approval.action.properties.arguments);
  if (form.step === 'reviewing')
    return (
      <div onKeyDown={form.onKeyDown}>
        <Review
          changes={form.read.changes}
          approval={approval}
          pending={pending}
          onBack={form.back}
          onApprove={(target) => onApprove(form.read.edited, target)}
        />
      </div>
    );
  return <Typing sent={approval.action.properties.arguments} form={form} onCancel={onCancel} />;
}

/** What was typed, what it makes of the call, and where in the form the reviewer is. */
function useEditing(sent: Edits) {
  const [drafts, setDrafts] = useState<Drafts>(new Map());
  const [step, setStep] = useState<Step>('typing');
  const [complaining, setComplaining] = useState(false);
  const read = useEdits(sent, drafts);
  const review = (): void => {
    const isReady = read.changes.length > 0 && read.mistakes.size === 0;
    setComplaining(!isReady);
    if (isReady) setStep('reviewing');
  };
  const type = (name: string, text: string): void => {
    setStep('typing');
    setDrafts(new Map(drafts).set(name, text));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = afterKey(event, step, read.isTouched);
    if (next === null) return;
    event.preventDefault();
    if (next === 'review') review();
    else setStep(next);
  };
  const back = (): void => setStep('typing');
  return { drafts, step, complaining, read, review, type, onKeyDown, back };
}

interface TypingProps {
  sent: Edits;
  form: ReturnType<typeof useEditing>;
  onCancel: () => void;
}

function Typing({ sent, form, onCancel }: TypingProps) {
  const { read, step, complaining } = form;
  return (
    <form
      aria-label={t('Edit the arguments')}
      onKeyDown={form.onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        form.review();
      }}
      className="flex max-h-[min(60vh,36rem)] flex-col gap-3 max-md:max-h-none"
    >
      <div className="grid min-h-0 gap-4 overflow-y-auto md:pr-1 xl:grid-cols-2" data-scrolls>
        <Fields sent={sent} drafts={form.drafts} mistakes={read.mistakes} onDraft={form.type} />
        <CodeView
          label={t('What would run instead')}
          className="self-start"
          value={read.edited}
          annotate={(path) => (read.changed.has(path) ? <Changed /> : null)}
        />
      </div>
      <p role="status" className="min-h-5 text-dense text-ink-2">
        {statusText(step, complaining, read)}
      </p>
      <FormActions
        onCancel={onCancel}
        submit={
          <Button
            type="submit"
            variant="primary"
            disabled={!read.isTouched}
            className="max-md:h-11"
          >
            {read.changes.length === 0
              ? t('Review the changes')
              : counted(
                  read.changes.length,
                  'Review {count} change',
                  'Review {count} changes',
                )}{' '}
            <KeyHint>{t('Ctrl ⏎')}</KeyHint>
          </Button>
        }
      />
    </form>
  );
}

type Step = 'typing' | 'leaving' | 'reviewing';

/** What a key means besides typing. The first Escape keeps what was typed; null leaves the key to the page. */
function afterKey(event: KeyboardEvent, step: Step, isTouched: boolean): Step | 'review' | null {
  if (event.key === 'Escape' && step === 'reviewing') return 'typing';
  if (event.key === 'Escape' && step === 'typing' && isTouched) return 'leaving';
  const isSend = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
  return isSend && step !== 'reviewing' ? 'review' : null;
}

function useEdits(sent: Edits, drafts: Drafts) {
  return useMemo(() => {
    const { edited, mistakes: unread } = readDrafts(sent, drafts);
    const changes = changesBetween(sent, edited);
    const problems = editProblems(sent, edited).map(
      ({ path, message }) => [nameOf(path), `${path}: ${message}`] as const,
    );
    const mistakes: ReadonlyMap<string, string> = new Map([...problems, ...unread]);
    return {
      edited,
      changes,
      mistakes,
      changed: new Set(changes.map(({ path }) => path)),
      isTouched: changes.length > 0 || mistakes.size > 0,
    };
  }, [sent, drafts]);
}

/** The argument that a pointer leads into. */
const nameOf = (path: string): string =>
  (path.split('/')[1] ?? '').replaceAll('~1', '/').replaceAll('~0', '~');

function statusText(step: Step, complaining: boolean, read: ReturnType<typeof useEdits>): string {
  const mistakes = read.mistakes.size;
  if (step === 'leaving') return t('Press Escape again to leave, and lose what you have changed.');
  if (complaining && mistakes > 0)
    return counted(
      mistakes,
      '{count} value cannot be sent like this: correct it first.',
      '{count} values cannot be sent like this: correct them first.',
    );
  if (complaining && read.changes.length === 0)
    return t('Nothing is changed yet. To approve it as it was sent, cancel and approve.');
  return t(
    'The edited call is judged again by the policy before it may run. The agent sees what you changed.',
  );
}

interface FieldsProps {
  sent: Edits;
  drafts: Drafts;
  mistakes: ReadonlyMap<string, string>;
  onDraft: (name: string, text: string) => void;
}

function Fields({ sent, drafts, mistakes, onDraft }: FieldsProps) {
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => {
    first.current
      ?.querySelector<HTMLElement>('input, textarea, select')
      ?.focus({ preventScroll: true });
  }, []);
  const fields = useMemo(() => fieldsOf(sent), [sent]);
  return (
    <div ref={first} className="flex min-w-0 flex-col gap-3">
      {fields.map((field) => (
        <EditedField
          key={field.name}
          field={field}
          text={drafts.get(field.name) ?? field.initial}
          mistake={mistakes.get(field.name)}
          onText={(text) => onDraft(field.name, text)}
        />
      ))}
    </div>
  );
}

function Changed() {
  return <span className="text-xs font-medium text-sev-2">{t('changed')}</span>;
}

interface ReviewProps {
  changes: ReturnType<typeof changesBetween>;
  approval: ApprovalDetail;
  pending: boolean;
  onBack: () => void;
  onApprove: (target?: string) => void;
}

/** A question takes the focus, and no yes earlier than a person can have read it: a double click approves nothing. */
function useConfirmation(confirm: () => void) {
  const ref = useRef<HTMLDivElement>(null);
  const shownAt = useRef(0);
  useEffect(() => {
    shownAt.current = performance.now();
    ref.current?.focus({ preventScroll: true });
  }, []);
  const guarded = (): void => {
    if (performance.now() - shownAt.current >= CONFIRM_GUARD_MS) confirm();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.repeat || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    guarded();
  };
  return { ref, guarded, onKeyDown };
}

/** The change once more, as the agent will see it, and one more press. It takes the focus, so that a double click approves nothing. */
function Review({ changes, approval, pending, onBack, onApprove }: ReviewProps) {
  const [typed, setTyped] = useState('');
  const isCritical = needsTypedTarget(approval);
  const isReady = !isCritical || typed === approval.resource.id;
  const approve = (): void => {
    if (!pending && isReady) onApprove(isCritical ? typed : undefined);
  };
  const { ref, guarded, onKeyDown } = useConfirmation(approve);
  return (
    <div
      ref={ref}
      onKeyDown={onKeyDown}
      role="group"
      tabIndex={-1}
      aria-label={t('Confirm the edited approval')}
      className="flex flex-col gap-2.5 outline-none"
    >
      <p className="text-sm font-semibold">
        {rich('Let {tool} run exactly once, with {changes}?', {
          tool: <UntrustedText text={approval.action.name} mono />,
          changes: counted(changes.length, '{count} change', '{count} changes'),
        })}
      </p>
      <div className="max-h-[40vh] overflow-y-auto max-md:max-h-none" tabIndex={0} data-scrolls>
        <ChangeList changes={changes} />
      </div>
      {isCritical ? (
        <TypedTarget resource={approval.resource} typed={typed} onType={setTyped} />
      ) : null}
      <FormActions
        onCancel={onBack}
        cancelLabel={t('Back')}
        submit={
          <Button
            variant="approve"
            pending={pending}
            disabled={!isReady}
            className="max-md:h-11"
            onClick={guarded}
          >
            {pending ? t('Approving…') : t('Yes, approve the edited call')}{' '}
            <KeyHint onFill>{t('Ctrl ⏎')}</KeyHint>
          </Button>
        }
      />
    </div>
  );
}
