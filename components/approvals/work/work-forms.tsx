'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input, Select, Textarea } from '@/components/ui/field';
import { apiOf } from '@/lib/client/api';
import { useWorkspace } from '@/lib/client/session';
import type { ApprovalDetail, ReviewerList } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import type { Asking } from '../asking';
import type { useDecide } from '../use-decide';
import { FormActions } from '../verdict/form-actions';
import { snoozeChoices } from './snooze-choices';
import type { WorkDeed } from './work-deeds';

export interface WorkFormProps {
  asking: Extract<Asking, 'assign' | 'snooze' | 'ask' | 'answer'>;
  approval: ApprovalDetail;
  viewerId: string | null;
  decide: ReturnType<typeof useDecide>;
  onCancel: () => void;
}

/** The form of what is being done with a call besides deciding it. */
export function WorkForms(props: WorkFormProps) {
  const Form = { assign: AssignForm, snooze: SnoozeForm, ask: AskForm, answer: AnswerForm }[
    props.asking
  ];
  return <Form {...props} />;
}

function Frame({
  decide,
  onCancel,
  deed,
  submit,
  children,
}: Pick<WorkFormProps, 'decide' | 'onCancel'> & {
  /** What sending does; null while something is missing. */
  deed: WorkDeed | null;
  submit: string;
  children: ReactNode;
}) {
  const form = useFirstFocus();
  const pending = decide.state?.kind === 'sending';
  const send = (): void => {
    if (deed !== null && !pending) decide.act(deed);
  };
  return (
    <form
      ref={form}
      className="flex flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
      }}
    >
      {children}
      <FormActions
        onCancel={onCancel}
        submit={
          <Button
            type="submit"
            variant="primary"
            pending={pending}
            disabled={deed === null}
            className="max-md:h-11"
          >
            {submit}
          </Button>
        }
      />
    </form>
  );
}

/** A form that begins with its first field. */
function useFirstFocus() {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current
      ?.querySelector<HTMLElement>('textarea, select, input')
      ?.focus({ preventScroll: true });
  }, []);
  return form;
}

function AskForm(props: WorkFormProps) {
  const [body, setBody] = useState('');
  const text = body.trim();
  return (
    <Frame {...props} deed={text === '' ? null : { type: 'ask', body: text }} submit={t('Ask')}>
      <Field
        label={t('Your question')}
        help={t(
          'The agent reads it where it waits; its owner reads it here. The call goes on waiting, and its time goes on.',
        )}
      >
        <Textarea
          maxLength={4_000}
          value={body}
          onChange={(event) => setBody(event.target.value)}
        />
      </Field>
    </Frame>
  );
}

function AnswerForm(props: WorkFormProps) {
  const [body, setBody] = useState('');
  const text = body.trim();
  const question = props.approval.openQuestion ?? undefined;
  return (
    <Frame
      {...props}
      deed={text === '' ? null : { type: 'answer', body: text }}
      submit={t('Answer')}
    >
      <Field label={t('Your answer')} help={question}>
        <Textarea
          maxLength={4_000}
          value={body}
          onChange={(event) => setBody(event.target.value)}
        />
      </Field>
    </Frame>
  );
}

function AssignForm(props: WorkFormProps) {
  const { approval, viewerId } = props;
  const workspace = useWorkspace();
  const [person, setPerson] = useState('');
  const [note, setNote] = useState('');
  const reviewers = useQuery({
    queryKey: [workspace, 'people', 'reviewers', approval.id],
    queryFn: ({ signal }) =>
      apiOf(workspace).get<ReviewerList>(`/api/v1/approvals/${approval.id}/reviewers`, { signal }),
  });
  const handsOver = approval.claim?.by === viewerId || approval.assignment?.to === viewerId;
  return (
    <Frame
      {...props}
      deed={assignDeed(person, note.trim(), handsOver)}
      submit={handsOver ? t('Hand over') : t('Assign')}
    >
      <div className="flex flex-wrap gap-3 *:flex-1 *:basis-48">
        <Field
          label={t('Who shall look after it')}
          help={t('People who may decide this call. Whoever else may decide still may.')}
          error={reviewers.isError ? t('The people could not be loaded.') : undefined}
        >
          <Select value={person} onChange={(event) => setPerson(event.target.value)}>
            <option value="">
              {reviewers.data === undefined ? t('Loading…') : t('Choose a person')}
            </option>
            {(reviewers.data?.items ?? []).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('Note for them')} optional={!handsOver}>
          <Input value={note} maxLength={1_000} onChange={(event) => setNote(event.target.value)} />
        </Field>
      </div>
    </Frame>
  );
}

function assignDeed(person: string, note: string, handsOver: boolean): WorkDeed | null {
  if (person === '') return null;
  if (!handsOver) return { type: 'assign', person, ...(note === '' ? {} : { note }) };
  return note === '' ? null : { type: 'handOver', person, note };
}

function SnoozeForm(props: WorkFormProps) {
  // Fixed when the form opens: choices that move away under the finger would be worse than one that is a little late.
  const [choices] = useState(() => snoozeChoices(Date.now(), Date.parse(props.approval.expiresAt)));
  const [until, setUntil] = useState(choices[0]?.until ?? '');
  return (
    <Frame
      {...props}
      deed={until === '' ? null : { type: 'snooze', until }}
      submit={t('Put aside')}
    >
      <Field
        label={t('Bring it back')}
        help={t(
          'Only your queue changes. It comes back before its time is over, and when your question is answered.',
        )}
        error={
          choices.length === 0 ? t('Too little time is left to put this call aside.') : undefined
        }
      >
        <Select value={until} onChange={(event) => setUntil(event.target.value)}>
          {choices.map(({ label, until: value }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
    </Frame>
  );
}
